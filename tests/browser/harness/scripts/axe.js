// By a file of the same host rather than inline, which the page's own security policy may forbid.
if (!window.axe) {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("axe.min.js", location.href);
    script.onload = resolve;
    script.onerror = () => reject(new Error("axe.min.js does not load"));
    document.head.append(script);
  });
}
const result = await axe.run(document, { resultTypes: ["violations"] });
return result.violations.map(({ id, impact, help, nodes }) => ({
  id,
  impact,
  help,
  at: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`),
}));
