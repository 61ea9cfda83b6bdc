const readable = (theme, result) => result.violations.map(({ id, impact, help, nodes }) => ({
  id,
  impact,
  help: `${help} (${theme})`,
  at: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`),
}));
const resultTypes = ["violations"];
const root = document.documentElement;
const chosen = root.dataset.theme;
const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const found = readable(isDark ? "dark" : "light", await axe.run(document, { resultTypes }));

// In the other theme only the colors differ.
root.dataset.theme = isDark ? "light" : "dark";
try {
  const runOnly = ["color-contrast", "link-in-text-block"];
  return found.concat(readable(root.dataset.theme, await axe.run(document, { resultTypes, runOnly })));
} finally {
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
}
