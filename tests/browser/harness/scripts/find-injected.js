// Finds what the program itself never puts into the page: elements and attributes made from a text, and traces of
// scripts.
const found = [];
if (window.pwned !== undefined && !(window.pwned instanceof Element)) found.push(`window.pwned is ${window.pwned}`);
for (const name in {}) found.push(`every object has “${name}”`);
const foreign = "img, picture, video, audio, source, track, iframe, frame, object, embed, math, form, base, style, template, " +
  "marquee, select:not([aria-label], [id]), link:not([rel=icon], [rel=stylesheet], [rel=modulepreload], [rel=preload]), meta[http-equiv=refresh], " +
  "svg:not(.icon), svg > :not(path), script:not([src]), x-pwned, [id=pwned], [class~=pwned], [name=pwned], [srcdoc], [ping]";
for (const element of document.querySelectorAll("*")) {
  const attributes = [...element.attributes];
  if (
    element.matches(foreign) ||
    attributes.some(({ name, value }) => /^on/i.test(name) || /^\W*(javascript|data|blob|file):/i.test(value) || /pwned/.test(name)) ||
    [element.src, element.href].some((address) => typeof address === "string" && address && new URL(address).origin !== location.origin)
  ) {
    found.push(element.outerHTML.slice(0, 200));
  }
}
return found;
