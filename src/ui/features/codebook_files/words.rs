//! What taking over a codebook does, in words.

use std::rc::Rc;

use crate::{
    annotation::{Codebook, Tag},
    session::{ImportPlan, Kept, PlannedTag, TagChange, TagOutcome},
    ui::parts::words::count,
};

/// How many tags have which outcome: new, changed, the same, left out.
fn numbers(plan: &ImportPlan) -> [usize; 4] {
    let mut all = [0; 4];
    for it in &plan.tags {
        all[match it.outcome {
            TagOutcome::Added(_) => 0,
            TagOutcome::Changed(..) => 1,
            TagOutcome::Same(_) => 2,
            TagOutcome::Skipped | TagOutcome::TooLarge => 3,
        }] += 1;
    }
    all
}

fn parts(plan: &ImportPlan) -> String {
    let [new, changed, same, out] = numbers(plan);
    let parts = [
        (new, "new"),
        (changed, "changed"),
        (same, "the same"),
        (out, "left out"),
        (plan.removed.len(), "removed"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|it| it.0 > 0).map(|(number, what)| format!("{number} {what}")).collect();
    parts.join(", ")
}

/// What a plan would do.
pub(super) fn summary(plan: &ImportPlan) -> String {
    let tags = count(plan.tags.len(), "tag", "tags");
    if plan.edits.is_empty() {
        let parts = parts(plan);
        let parts = if parts.is_empty() { "no tags".to_owned() } else { parts };
        return format!("Nothing would change: {parts}.");
    }
    format!("{tags} in the codebook: {}.", parts(plan))
}

/// What was done.
pub(super) fn done(plan: &ImportPlan) -> String {
    if plan.edits.is_empty() {
        return "The codebook was already as in the file.".to_owned();
    }
    format!("Codebook taken over. Tags: {}.", parts(plan))
}

/// The short name of an outcome, and its name in the DOM.
pub(super) fn outcome(planned: &PlannedTag) -> (&'static str, &'static str) {
    match planned.outcome {
        TagOutcome::Added(_) => ("added", "New"),
        TagOutcome::Changed(..) => ("changed", "Changed"),
        TagOutcome::Same(_) => ("same", "The same"),
        TagOutcome::Skipped => ("skipped", "Left out"),
        TagOutcome::TooLarge => (
            "skipped",
            "Left out, because it is too large: its texts are too long or its attributes too many",
        ),
    }
}

/// What a tag gets, and what stays as it is here.
pub(super) fn details(planned: &PlannedTag, plan: &ImportPlan, codebook: &Codebook) -> Vec<String> {
    let mut all = Vec::new();
    if let TagOutcome::Changed(id, changes) = &planned.outcome
        && let Some(before) = codebook.tag(*id)
    {
        all.extend(changes.iter().flat_map(|it| change(it, before, plan, codebook)));
    }
    let name = match &planned.outcome {
        TagOutcome::Added(tag) => Some(&tag.name),
        _ => None,
    };
    all.extend(planned.kept.iter().map(|it| kept(it, name)));
    all
}

fn change(change: &TagChange, before: &Rc<Tag>, plan: &ImportPlan, codebook: &Codebook) -> Vec<String> {
    let text = |what: &str, was_empty: bool| {
        vec![if was_empty { format!("gets {what}") } else { format!("other {what}") }]
    };
    match change {
        TagChange::Name(it) => vec![format!("is called “{it}”")],
        TagChange::Definition(it) if it.is_empty() => vec!["without the definition".to_owned()],
        TagChange::Definition(_) => text("definition", before.definition.is_empty()),
        TagChange::Examples(_) => text("examples", before.examples.is_empty()),
        TagChange::Counterexamples(_) => text("counter-examples", before.counterexamples.is_empty()),
        TagChange::Look(hue, line) => {
            let hue = (*hue != before.hue).then(|| format!("colour {}", hue.name()));
            let line = (*line != before.line).then(|| format!("line {}", line.name().to_lowercase()));
            hue.into_iter().chain(line).collect()
        }
        TagChange::Key(Some(it)) => vec![format!("key {it}")],
        TagChange::Key(None) => vec!["no key".to_owned()],
        TagChange::Place(Some(parent), _) => {
            let added = plan.tags.iter().find_map(|it| match &it.outcome {
                TagOutcome::Added(tag) if tag.id == *parent => Some(&*tag.name),
                _ => None,
            });
            vec![format!("moves under “{}”", added.unwrap_or_else(|| codebook.name_of(*parent)))]
        }
        TagChange::Place(None, _) => vec!["moves to the top".to_owned()],
        TagChange::Attribute(it) if it.removed => vec![format!("without the attribute “{}”", it.name)],
        TagChange::Attribute(it) => {
            let is_new = before.attribute(it.id.as_str()).is_none_or(|it| it.removed);
            vec![format!("{} attribute “{}”", if is_new { "new" } else { "changed" }, it.name)]
        }
        TagChange::Retired(true) => vec!["is retired".to_owned()],
        TagChange::Retired(false) => vec!["is offered again".to_owned()],
        TagChange::Removed(_) | TagChange::Order(_) | TagChange::Add(_) => Vec::new(),
    }
}

fn kept(kept: &Kept, added_as: Option<&Rc<str>>) -> String {
    match (kept, added_as) {
        (Kept::Name(_), Some(name)) => format!("is called “{name}”, because another tag has its name"),
        (Kept::Name(name), None) => format!("keeps its name, because another tag is called “{name}”"),
        (Kept::Key(key), _) => format!("without the key {key}, which another tag has"),
        (Kept::Attribute(name), _) => {
            format!("the attribute “{name}” stays as it is here, because its kind or name differs")
        }
        (Kept::Place, _) => "stays where it is".to_owned(),
    }
}
