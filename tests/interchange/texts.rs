//! Own articles in exports and backups: their texts are included, and never replace another text.

use std::rc::Rc;

use glossator::{
    annotation::{ArticleRecord, Context, NewArticle, ReplicaId, Timestamp},
    interchange::{self, BackupWriter, Import, ImportReader, backup_article, backup_item, text_item_key},
    session::{ArticleCommand, Command, Moment, Session},
    text::{Article, ArticleId, Library, Text},
};
use serde_json::{Value, json};

use crate::default_tags::argument;

const NOW: Timestamp = Timestamp(1_795_287_600_000);
const TEXT: &str = "An own \"text\".\r\n\tالعربية 👩\u{200d}🚀\n";

fn bundled() -> Context {
    Library::from_iter([Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two three.")]).into()
}

/// A session with an own article on which something is tagged.
fn session() -> (Session, ArticleId) {
    let mut session = Session::new(bundled(), ReplicaId(1));
    let text = Rc::new(Text::new(TEXT));
    let id = ArticleRecord::mint(NOW, [1; 10]);
    let new = NewArticle {
        id: id.clone(),
        title: "Own".into(),
        kind: "Text file".into(),
        source: "own.txt".into(),
        sha256: Rc::clone(text.sha256()),
    };
    session.add_texts([text]);
    let moment = Moment { now: NOW, entropy: [2; 10] };
    session.execute(&Command::Article(ArticleCommand::Add(vec![new])), moment);
    let span = session.library().get(&id).unwrap().span(3, 6).unwrap();
    session.execute(&Command::Tag { article: id.clone(), span, tag: argument() }, moment);
    (session, id)
}

fn export(session: &Session) -> String {
    interchange::write_with(session.context(), session.records().iter(), NOW, true).unwrap()
}

fn take(session: &mut Session, import: Import) {
    session.add_texts(import.texts);
    session.import_all(&import.new, import.tags, import.articles, import.records, NOW);
}

fn read(text: &str, context: &Context) -> Import {
    interchange::parse(text.as_bytes(), context).unwrap()
}

#[test]
fn an_export_with_texts_is_imported_once_however_often_it_is_read() {
    let (session, id) = session();
    let file = export(&session);
    let mut other = Session::new(bundled(), ReplicaId(2));
    let import = read(&file, other.context());
    assert_eq!((import.problems.len(), import.new.len(), import.records.len()), (0, 1, 1));
    take(&mut other, import);
    let article = other.library().get(&id).unwrap();
    assert_eq!((article.text(), article.title(), article.source()), (TEXT, "Own", "own.txt"));
    assert_eq!(other.annotations(&id).unwrap().len(), 1);
    assert_eq!(export(&other), file);
    let again = read(&file, other.context());
    assert_eq!((again.new.len(), again.texts.len()), (0, 0));
    take(&mut other, again);
    assert_eq!(export(&other), file);
    // Undone in one step: the article is removed, and importing the file restores it.
    other.undo(NOW).unwrap();
    assert_eq!(other.library().iter().count(), 1);
    let import = read(&file, other.context());
    assert_eq!((import.new.len(), import.texts.len()), (1, 0));
    take(&mut other, import);
    assert!(other.library().get(&id).is_some());
}

/// The file with its articles before its annotations, as in an export.
fn documents_first(file: &Value) -> String {
    let Value::Object(mut file) = file.clone() else { panic!("fields") };
    let documents = file.remove("documents").unwrap();
    let rest = Value::Object(file).to_string();
    format!("{{\"documents\":{documents},{}", rest.trim_start_matches('{'))
}

#[test]
fn the_list_of_articles_may_come_last() {
    let (session, _) = session();
    let Value::Object(mut file) = serde_json::from_str(&export(&session)).unwrap() else { panic!("fields") };
    let documents = file.remove("documents").unwrap();
    let annotations = file.remove("annotations").unwrap();
    let head = Value::Object(file).to_string();
    let turned =
        format!("{},\"annotations\":{annotations},\"documents\":{documents}}}", head.trim_end_matches('}'));
    let import = read(&turned, &bundled());
    assert_eq!((import.problems.len(), import.new.len(), import.records.len()), (0, 1, 1));
}

#[test]
fn a_text_never_replaces_another() {
    let (session, id) = session();
    let mut file: Value = serde_json::from_str(&export(&session)).unwrap();
    // A text that does not match its hash is refused, with its annotations.
    let whole = file.clone();
    file["documents"][1]["text"] = json!("Another text.");
    let import = read(&documents_first(&file), &bundled());
    assert_eq!((import.new.len(), import.records.len(), import.problems.len()), (0, 0, 2));
    assert!(import.problems[0].to_string().contains("SHA-256"), "{}", import.problems[0]);

    // A different text under a known id becomes another article, with its annotations.
    let other = Text::new("An own but other text.");
    file["documents"][1] = json!({ "id": id.as_str(), "title": "Own", "source": "", "text": other.as_str(),
        "sha256": &**other.sha256(), "length": 22 });
    let import = read(&documents_first(&file), session.context());
    let [new] = &import.new[..] else { panic!("{:?}", import.new) };
    assert_ne!(new.id, id);
    assert_eq!(import.records[0].content.as_ref().unwrap().article, new.id);

    // So does the text of an article that is bundled elsewhere.
    let mut foreign = whole;
    foreign["documents"][1]["id"] = json!("elsewhere");
    foreign["annotations"][0]["document"] = json!("elsewhere");
    let import = read(&documents_first(&foreign), &bundled());
    assert_eq!((import.new.len(), import.records.len(), import.problems.len()), (1, 1, 0));
    assert!(ArticleRecord::is_own(&import.new[0].id));
    let again = read(&documents_first(&foreign), &bundled());
    assert_eq!(again.new, import.new, "it always gets the same id");
}

#[test]
fn a_backup_in_any_order_restores_texts_articles_and_annotations() {
    let (session, id) = session();
    let library = session.library();
    let text = session.articles().text(library.get(&id).unwrap().body().sha256()).unwrap();
    let mut items = vec![
        (text_item_key(text.sha256()), text.as_str().to_owned()),
        backup_article(session.articles().records().get(&id).unwrap()),
        backup_item(session.records().iter().next().unwrap(), session.context()).unwrap(),
    ];
    for _ in 0..3 {
        items.rotate_left(1);
        for items in [items.clone(), items.iter().rev().cloned().collect()] {
            let mut writer = BackupWriter::new(NOW).unwrap();
            for (key, value) in &items {
                writer.push(key, value).unwrap();
            }
            let file = writer.finish();
            let context = bundled();
            let mut reading = ImportReader::new(file.as_bytes(), &context).unwrap();
            while reading.step(1) {}
            let import = reading.finish().unwrap();
            assert_eq!((import.articles.len(), import.texts.len(), import.records.len()), (1, 1, 1));
            let mut other = Session::new(context, ReplicaId(2));
            take(&mut other, import);
            assert_eq!(other.annotations(&id).unwrap().len(), 1);
        }
    }
}
