// The browser's name with its version, and the day.
const version = navigator.userAgent.match(/(Chrome|Firefox)\/\d+/)?.[0].replace("/", " ") ?? navigator.userAgent;
return `${version}, ${new Date().toISOString().slice(0, 10)}`;
