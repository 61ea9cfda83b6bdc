//! The stored form of one step of the undo history. A tab stores its history to survive a reload of the page.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::{
    entry,
    fields::parse_all,
    problem::Reason,
    stored::{StoredProblem, parse_stored_article, write_stored, write_stored_article},
    tag_fields,
    tag_step::{parse_tag_edit, tag_edit},
    time,
};
use crate::{
    annotation::{
        AnnotationId, ArticleRecord, Attribute, Attributes, Codebook, Context, Record, ReplicaId, Version,
    },
    session::{ArticleChange, ArticleEdit, Edit, Label, Step, TagEdit, TagLabel, Transaction},
    text::ArticleId,
};

/// The version of steps without edits of tags.
const WITHOUT_TAGS: u64 = 1;

/// The newest version that is read. Steps with edits of tags are written in it.
const STEP_VERSION: u64 = 2;

/// The stored form of a step; `None` if it concerns an article that is not in the library.
pub fn write_step(step: &Step, undone: bool, context: &Context) -> Option<String> {
    let articles: Option<Vec<Value>> = step.transaction.articles.iter().map(article_edit).collect();
    let edits: Option<Vec<Value>> = step.transaction.edits.iter().map(|it| edit(it, context)).collect();
    let mut fields = json!({
        "v": if step.transaction.tags.is_empty() { WITHOUT_TAGS } else { STEP_VERSION },
        "number": step.number,
        "undone": undone,
        "at": time::write(step.at),
        "words": &*step.words,
        "articles": articles?,
        "edits": edits?,
    });
    label(step.transaction.label, fields.as_object_mut()?);
    if !step.transaction.tags.is_empty() {
        fields["tags"] = step.transaction.tags.iter().map(tag_edit).collect();
    }
    Some(fields.to_string())
}

/// Reads a step, and whether it is undone.
///
/// # Errors
/// If the text is not a step, or a passage in it does not match its article.
pub fn parse_step(text: &str, context: &Context) -> Result<(Step, bool), Reason> {
    let value = parse_all(text)?;
    let fields = object(&value)?;
    match entry::integer(fields, "v")? {
        WITHOUT_TAGS..=STEP_VERSION => {}
        found => return Err(Reason::Newer { found }),
    }
    let undone = match fields.get("undone") {
        Some(Value::Bool(it)) => *it,
        other => return Err(entry::field_error("undone", other, "true or false")),
    };
    let list = |field| match fields.get(field) {
        Some(Value::Array(all)) => Ok(all),
        other => Err(entry::field_error(field, other, "a list")),
    };
    let tags: Result<Vec<TagEdit>, Reason> =
        tag_fields::list(fields, "tags")?.iter().map(|it| parse_tag_edit(object(it)?)).collect();
    let articles: Result<Vec<ArticleEdit>, Reason> =
        list("articles")?.iter().map(|it| parse_article_edit(object(it)?)).collect();
    let edits: Result<Vec<Edit>, Reason> =
        list("edits")?.iter().map(|it| parse_edit(object(it)?, context)).collect();
    let step = Step {
        number: entry::integer(fields, "number")?,
        at: entry::time(fields, "at")?,
        words: Rc::from(entry::text(fields, "words")?),
        transaction: Transaction {
            label: parse_label(fields, &context.codebook)?,
            tags: tags?,
            articles: articles?,
            edits: edits?,
        },
    };
    Ok((step, undone))
}

fn object(value: &Value) -> Result<&Map<String, Value>, Reason> {
    value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(value) })
}

fn edit(edit: &Edit, context: &Context) -> Option<Value> {
    let id = edit.id().to_string();
    Some(match edit {
        Edit::Set { to: None, .. } => json!({ "edit": "delete", "id": id }),
        Edit::Set { id, to: Some(annotation) } => {
            // In the stored form of a record; its version is a placeholder.
            let version = Version { counter: 0, replica: ReplicaId(0) };
            let (modified, to) = (annotation.created, Some(Rc::clone(annotation)));
            let record = Record { id: *id, version, modified, content: to };
            let record: Value = serde_json::from_str(&write_stored(&record, context)?).ok()?;
            json!({ "edit": "set", "to": record })
        }
        Edit::Span { article, span, .. } => {
            let here = context.library.known(article)?;
            json!({
                "edit": "span", "id": id, "document": article.as_str(),
                "start": here.code_point(span.start()).0, "end": here.code_point(span.end()).0,
                "quote": here.slice(*span),
            })
        }
        Edit::Retag { tag, attributes, .. } => {
            let mut values = Map::new();
            values.extend(attributes.iter().map(|(it, value)| (it.as_str().to_owned(), json!(&**value))));
            json!({ "edit": "retag", "id": id, "tag": tag.as_str(), "attributes": values })
        }
        Edit::Attribute { attribute, value, .. } => {
            json!({ "edit": "attribute", "id": id, "attribute": attribute.as_str(), "value": value.as_deref() })
        }
        Edit::Note { note, .. } => json!({ "edit": "note", "id": id, "note": &**note }),
    })
}

fn parse_edit(fields: &Map<String, Value>, context: &Context) -> Result<Edit, Reason> {
    let kind = entry::text(fields, "edit")?;
    if kind == "set" {
        let to = fields.get("to").ok_or(Reason::Missing { field: "to" })?;
        let record = entry::stored_record(object(to)?, context)?;
        return match record.content {
            to @ Some(_) => Ok(Edit::Set { id: record.id, to }),
            None => Err(entry::field_error("to", Some(to), "an annotation")),
        };
    }
    let id: AnnotationId = entry::id(fields)?;
    match kind {
        "delete" => Ok(Edit::Set { id, to: None }),
        "span" => {
            let article = ArticleId::new(entry::text(fields, "document")?);
            let here = context
                .library
                .known(&article)
                .ok_or_else(|| Reason::Article { found: article.as_str().to_owned() })?;
            let span = entry::span(fields, here)?;
            Ok(Edit::Span { id, article, span })
        }
        "retag" => {
            let tag = entry::tag(fields, &context.codebook)?;
            let attributes: Attributes = entry::stored_attributes(fields, tag)?;
            Ok(Edit::Retag { id, tag: tag.id, attributes })
        }
        "attribute" => {
            let attribute = attribute(fields, &context.codebook)?;
            let value = match fields.get("value") {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) if attribute.value(text).is_some() => attribute.value(text),
                Some(found) => {
                    let (attribute, found) = (Rc::clone(attribute), entry::describe(found));
                    return Err(Reason::AttributeValue { attribute, found });
                }
            };
            Ok(Edit::Attribute { id, attribute: attribute.id, value })
        }
        "note" => Ok(Edit::Note { id, note: Rc::from(entry::text(fields, "note")?) }),
        _ => Err(entry::field_error("edit", fields.get("edit"), "a kind of change")),
    }
}

fn article_edit(edit: &ArticleEdit) -> Option<Value> {
    let id = edit.id.as_str();
    Some(match &edit.change {
        ArticleChange::Add(info) => {
            let version = Version { counter: 0, replica: ReplicaId(0) };
            let content = Some(Rc::clone(info));
            let record = ArticleRecord { id: edit.id.clone(), version, modified: info.created, content };
            let record: Value = serde_json::from_str(&write_stored_article(&record)).ok()?;
            json!({ "edit": "add", "to": record })
        }
        ArticleChange::Title(title) => json!({ "edit": "title", "id": id, "value": &**title }),
        ArticleChange::Place(place) => json!({ "edit": "place", "id": id, "place": place }),
        ArticleChange::Listed(true) => json!({ "edit": "list", "id": id }),
        ArticleChange::Listed(false) => json!({ "edit": "remove", "id": id }),
        ArticleChange::Settled(annotation, true) => {
            json!({ "edit": "settle", "id": id, "annotation": annotation.to_string() })
        }
        ArticleChange::Settled(annotation, false) => {
            json!({ "edit": "unsettle", "id": id, "annotation": annotation.to_string() })
        }
    })
}

fn parse_article_edit(fields: &Map<String, Value>) -> Result<ArticleEdit, Reason> {
    let kind = entry::text(fields, "edit")?;
    if kind == "add" {
        let to = fields.get("to").ok_or(Reason::Missing { field: "to" })?;
        let record = parse_stored_article(&to.to_string()).map_err(|problem| match problem {
            StoredProblem::Unrecognized(reason) | StoredProblem::Invalid(reason) => reason,
        })?;
        return match record.content {
            Some(info) => Ok(ArticleEdit { id: record.id, change: ArticleChange::Add(info) }),
            None => Err(entry::field_error("to", Some(to), "an article")),
        };
    }
    let id = ArticleRecord::parse_id(entry::text(fields, "id")?)
        .ok_or_else(|| entry::field_error("id", fields.get("id"), "the id of an own article"))?;
    let settled = |it| {
        let annotation = entry::text(fields, "annotation")?.parse();
        let annotation =
            annotation.map_err(|_| entry::field_error("annotation", fields.get("annotation"), "a UUID"))?;
        Ok(ArticleChange::Settled(annotation, it))
    };
    let change = match kind {
        "title" => ArticleChange::Title(Rc::from(entry::text(fields, "value")?)),
        "place" => {
            let place = u32::try_from(entry::integer(fields, "place")?);
            ArticleChange::Place(
                place.map_err(|_| entry::field_error("place", fields.get("place"), "a place"))?,
            )
        }
        "list" => ArticleChange::Listed(true),
        "remove" => ArticleChange::Listed(false),
        "settle" => settled(true)?,
        "unsettle" => settled(false)?,
        _ => return Err(entry::field_error("edit", fields.get("edit"), "a kind of change")),
    };
    Ok(ArticleEdit { id, change })
}

fn label(label: Label, fields: &mut Map<String, Value>) {
    let (name, field) = match label {
        Label::Tag(tag) => ("tag", Some(("tag", json!(tag.as_str())))),
        Label::Retag(tag) => ("retag", Some(("tag", json!(tag.as_str())))),
        Label::Duplicate(tag) => ("duplicate", Some(("tag", json!(tag.as_str())))),
        Label::TagAll(tag, count) => {
            fields.insert("count".to_owned(), json!(count));
            ("tag-all", Some(("tag", json!(tag.as_str()))))
        }
        Label::RetagAll(tag, count) => {
            fields.insert("count".to_owned(), json!(count));
            ("retag-all", Some(("tag", json!(tag.as_str()))))
        }
        Label::DeleteAll(count) => ("delete-all", Some(("count", json!(count)))),
        Label::AddText => ("add-text", None),
        Label::RenameText => ("rename-text", None),
        Label::MoveText => ("move-text", None),
        Label::RemoveText => ("remove-text", None),
        Label::ReplaceText => ("replace-text", None),
        Label::Place => ("place", None),
        Label::Codebook(it) => (it.id(), None),
        Label::Attribute { attribute, .. } => ("attribute", Some(("attribute", json!(attribute.as_str())))),
        Label::Bounds => ("bounds", None),
        Label::Note => ("note", None),
        Label::Merge => ("merge", None),
        Label::Split => ("split", None),
        Label::Delete => ("delete", None),
        Label::Import => ("import", None),
    };
    fields.insert("label".to_owned(), json!(name));
    if let Some((field, value)) = field {
        fields.insert(field.to_owned(), value);
    }
}

fn parse_label(fields: &Map<String, Value>, codebook: &Codebook) -> Result<Label, Reason> {
    let tag = || entry::tag(fields, codebook).map(|it| it.id);
    Ok(match entry::text(fields, "label")? {
        "tag" => Label::Tag(tag()?),
        "retag" => Label::Retag(tag()?),
        "duplicate" => Label::Duplicate(tag()?),
        "tag-all" => Label::TagAll(tag()?, count(fields)?),
        "retag-all" => Label::RetagAll(tag()?, count(fields)?),
        "delete-all" => Label::DeleteAll(count(fields)?),
        "add-text" => Label::AddText,
        "rename-text" => Label::RenameText,
        "move-text" => Label::MoveText,
        "remove-text" => Label::RemoveText,
        "replace-text" => Label::ReplaceText,
        "place" => Label::Place,
        "attribute" => {
            let attribute = attribute(fields, codebook)?;
            Label::Attribute { attribute: attribute.id, typed: attribute.is_typed() }
        }
        "bounds" => Label::Bounds,
        "note" => Label::Note,
        "merge" => Label::Merge,
        "split" => Label::Split,
        "delete" => Label::Delete,
        "import" => Label::Import,
        other => match TagLabel::from_id(other) {
            Some(it) => Label::Codebook(it),
            None => return Err(entry::field_error("label", fields.get("label"), "the label of a step")),
        },
    })
}

fn count(fields: &Map<String, Value>) -> Result<usize, Reason> {
    entry::integer(fields, "count").map(|it| usize::try_from(it).unwrap_or(usize::MAX))
}

fn attribute<'a>(fields: &Map<String, Value>, codebook: &'a Codebook) -> Result<&'a Rc<Attribute>, Reason> {
    let found = entry::text(fields, "attribute")?;
    codebook.find_attribute(found).ok_or_else(|| {
        entry::field_error("attribute", fields.get("attribute"), "an attribute of the codebook")
    })
}
