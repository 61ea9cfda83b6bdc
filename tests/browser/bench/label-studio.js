// Logs in to Label Studio, and creates a project with one annotated text. Returns its path, and the server's version.
const [user, password, text, spans] = arguments;
const form = document.querySelector("form");
form.elements.email.value = user;
form.elements.password.value = password;
await fetch(form.action, { method: "POST", body: new FormData(form) });

const [, token] = document.cookie.match(/csrftoken=([^;]+)/);
async function call(path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(path, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const tags = ["Argument", "Proposal", "Prediction"];
const labels = tags.map((it, index) => `<Label value="${it}" hotkey="${index + 1}"/>`).join("");
const project = await call("/api/projects/", {
  title: "Bench",
  label_config: `<View><Labels name="tag" toName="text">${labels}</Labels><Text name="text" value="$text"/></View>`,
});
const result = [];
for (let at = 0; at < spans.length; at += 3) {
  const [start, end, tag] = spans.slice(at, at + 3);
  const value = { start, end, text: text.slice(start, end), labels: [tags[tag]] };
  result.push({ id: `a${at / 3}`, from_name: "tag", to_name: "text", type: "labels", value });
}
const task = [{ data: { text }, annotations: [{ result }] }];
const { task_ids } = await call(`/api/projects/${project.id}/import?return_task_ids=true`, task);
const { release } = await call("/api/version/");
return [`/projects/${project.id}/data?task=${task_ids[0]}`, release];
