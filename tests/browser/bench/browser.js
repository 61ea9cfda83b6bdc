// The browser's name and version, and the date.
const version = navigator.userAgent.match(/(Chrome|Firefox)\/\d+/)?.[0].replace("/", " ") ?? navigator.userAgent;
return `${version}, ${new Date().toISOString().slice(0, 10)}`;
