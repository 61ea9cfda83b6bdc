const result = await axe.run(document, { resultTypes: ["violations"] });
return result.violations.map(({ id, impact, help, nodes }) => ({
  id,
  impact,
  help,
  at: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`),
}));
