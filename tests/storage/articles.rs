//! Own articles: a text and its record are saved together, and are as safe as annotations.

use std::rc::Rc;

use glossator::{
    annotation::{ArticleRecord, NewArticle, Record, ReplicaId},
    session::{ArticleCommand, Command, Moment, Session},
    storage::{Batch, DurableCopy, Failure, LocalCopy, SaveStatus, Saver, retry_unrecognized},
    text::{ArticleId, Text},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::default_tags::argument;
use crate::properties::config;
use crate::{
    disk::{Disk, now},
    memory::{MemoryStorage, NOW, context, library, own},
};

const TEXT: &str = "One’s own text.\r\n\r\nWith two paragraphs.";

/// A page, with its session and the two copies.
struct Page {
    session: Session,
    saver: Saver<MemoryStorage>,
    copy: DurableCopy<Disk>,
    made: u8,
}

impl Page {
    fn open(quick: &MemoryStorage, disk: &Disk, replica: u64) -> Self {
        let mut page = Self {
            session: Session::new(library(), ReplicaId(replica)),
            saver: Saver::new(LocalCopy::new(quick.clone(), context()), own()),
            copy: DurableCopy::new(disk.clone(), context()),
            made: 0,
        };
        for (record, text) in page.saver.local_copy().load_articles() {
            page.session.add_texts(text);
            page.session.merge_articles([record]);
        }
        page.know();
        let loaded = page.saver.local_copy().load();
        page.session.merge(loaded.records);
        let left = page.read();
        let mut left = loaded.unrecognized.into_iter().chain(left).collect();
        page.session.merge(retry_unrecognized(&mut left, page.session.context()));
        page
    }

    fn know(&mut self) {
        self.saver.local_copy().set_context(self.session.context().clone());
        self.copy.set_context(self.session.context().clone());
    }

    fn read(&mut self) -> Vec<(String, String)> {
        let articles = match now(self.copy.load_articles(&self.session.articles().texts())) {
            Ok(articles) => articles,
            Err(failure) => {
                self.saver.durable_failed(failure);
                return Vec::new();
            }
        };
        self.session.add_texts(articles.texts);
        let newer = self.saver.reconcile_articles(self.session.articles().records(), articles.records);
        self.session.merge_articles(newer);
        self.know();
        match now(self.copy.load()) {
            Ok(found) => {
                self.session.merge(self.saver.reconcile(self.session.records(), found.records));
                found.unrecognized.into_iter().collect()
            }
            Err(failure) => {
                self.saver.durable_failed(failure);
                Vec::new()
            }
        }
    }

    fn execute(&mut self, command: &Command) {
        self.made += 1;
        let change = self.session.execute(command, Moment { now: NOW, entropy: [self.made; 10] });
        self.know();
        if !change.is_empty() {
            self.saver.save(change.all());
        }
    }

    fn add(&mut self, text: &str) -> ArticleId {
        let text = Rc::new(Text::new(text));
        // Different in each visit, so that ids never repeat.
        self.made += 1;
        let mut entropy = [self.made; 10];
        entropy[9] = u8::try_from(self.session.articles().records().len()).unwrap();
        let id = ArticleRecord::mint(NOW, entropy);
        let sha256 = Rc::clone(text.sha256());
        self.session.add_texts([text]);
        let new = NewArticle {
            id: id.clone(),
            title: "Own".into(),
            kind: "Note".into(),
            source: "".into(),
            sha256,
        };
        self.execute(&Command::Article(ArticleCommand::Add(vec![new])));
        id
    }

    fn tag(&mut self, id: &ArticleId) {
        let article = self.session.library().get(id).unwrap();
        let span = article.span(0, 3).unwrap();
        self.execute(&Command::Tag { article: id.clone(), span, tag: argument() });
    }

    fn deliver(&mut self) {
        while let Some(Batch { records, saved, .. }) = self.saver.batch() {
            self.session.merge_any(saved.newer);
            let result = now(self.copy.save(&records));
            self.saver.arrived(&records, &result);
            match result {
                Ok(kept) => _ = self.session.merge_any(kept.newer),
                Err(_) => return,
            }
        }
    }

    fn articles(&self) -> Vec<ArticleRecord> {
        let mut all: Vec<_> = self.session.articles().records().iter().cloned().collect();
        all.sort_by_key(|it| it.id.clone());
        all
    }

    fn records(&self) -> Vec<Record> {
        crate::memory::sorted(self.session.records().iter().cloned().collect())
    }

    /// Checks that every article has its text, listed or removed.
    fn check(&self) {
        assert_eq!(self.session.articles().missing().count(), 0, "an article without its text");
        for record in self.articles().iter().filter(|it| it.content.is_some()) {
            let article = self.session.library().known(&record.id).unwrap();
            assert_eq!(Some(article.body().sha256()), record.sha256());
        }
    }
}

fn holds_no_article(memory: &MemoryStorage) -> bool {
    let is_of_article =
        |key: &String| key.starts_with("glossator:article:") || key.starts_with("glossator:text:");
    !memory.kept.borrow().keys().any(is_of_article)
}

#[test]
fn an_own_article_is_loaded_with_its_annotations_at_the_next_visit() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut page = Page::open(&quick, &disk, 1);
    let id = page.add(TEXT);
    page.tag(&id);
    page.deliver();
    assert_eq!(page.saver.status(), SaveStatus::Saved);
    assert!(holds_no_article(&quick), "texts are only in the durable copy");
    assert!(page.saver.local_copy().is_partial());
    let again = Page::open(&quick, &disk, 2);
    again.check();
    assert_eq!((again.articles(), again.records()), (page.articles(), page.records()));
    assert_eq!(again.session.library().get(&id).unwrap().text(), TEXT);
    assert_eq!(again.session.annotations(&id).unwrap().len(), 1);
    // Also where localStorage has lost everything.
    let again = Page::open(&MemoryStorage::default(), &disk, 3);
    assert_eq!((again.articles(), again.records()), (page.articles(), page.records()));
}

#[test]
fn removing_an_article_hides_its_annotations_until_undo() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut page = Page::open(&quick, &disk, 1);
    let id = page.add(TEXT);
    page.tag(&id);
    page.execute(&Command::Article(ArticleCommand::Remove(id.clone())));
    page.deliver();
    assert!(page.session.library().get(&id).is_none() && page.session.annotations(&id).is_none());
    let mut again = Page::open(&quick, &disk, 2);
    again.check();
    assert!(again.session.library().get(&id).is_none());
    assert_eq!(again.records(), page.records(), "the annotations are still stored");
    let change = page.session.undo(NOW).unwrap().1;
    page.know();
    page.saver.save(change.all());
    page.deliver();
    assert_eq!(page.session.annotations(&id).unwrap().len(), 1);
    again = Page::open(&quick, &disk, 3);
    assert_eq!(again.session.annotations(&id).unwrap().len(), 1);
}

#[test]
fn a_changed_text_is_set_aside_and_its_annotations_wait() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut page = Page::open(&quick, &disk, 1);
    let id = page.add(TEXT);
    page.tag(&id);
    page.deliver();
    let sha256 = page.articles()[0].sha256().unwrap().clone();
    let key = format!("glossator:text:{sha256}");
    disk.kept.borrow_mut().insert(key.clone(), TEXT.replace("own", "odd"));
    let mut again = Page::open(&MemoryStorage::default(), &disk, 2);
    assert!(again.session.library().known(&id).is_none());
    assert_eq!(again.session.articles().missing().count(), 1);
    assert_eq!(disk.value(&key), None);
    assert!(
        disk.kept
            .borrow()
            .iter()
            .any(|(key, it)| key.contains("aside:glossator:text:") && it.contains("odd"))
    );
    assert_eq!(again.records(), [], "their article is unknown");
    let found = now(again.copy.load()).unwrap();
    assert_eq!(found.unrecognized.len(), 1);

    // Adding the same text again makes it known.
    again.add(TEXT);
    let mut left = found.unrecognized;
    again.know();
    again.session.merge(retry_unrecognized(&mut left, again.session.context()));
    assert_eq!(again.session.annotations(&id).unwrap().len(), 1);
    again.deliver();
    let last = Page::open(&quick, &disk, 3);
    last.check();
    assert_eq!(last.session.annotations(&id).unwrap().len(), 1);
}

#[test]
fn without_the_database_texts_go_to_the_local_copy_if_they_fit() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    disk.fail(|_| Some(Failure::Blocked));
    let mut page = Page::open(&quick, &disk, 1);
    let id = page.add(TEXT);
    page.tag(&id);
    page.deliver();
    assert_eq!(page.saver.status(), SaveStatus::LocalOnly(Failure::Blocked));
    let mut again = Page::open(&quick, &disk, 2);
    again.check();
    assert_eq!(again.session.annotations(&id).unwrap().len(), 1);
    // It moves to the database as soon as that works.
    disk.heal();
    again.read();
    again.deliver();
    assert_eq!(again.saver.status(), SaveStatus::Saved);
    assert!(holds_no_article(&quick));
    Page::open(&MemoryStorage::default(), &disk, 3).check();

    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    disk.fail(|_| Some(Failure::Blocked));
    quick.fail(|call, key| {
        (call == crate::memory::Call::Set && key.starts_with("glossator:text:")).then_some(Failure::Full)
    });
    let mut page = Page::open(&quick, &disk, 1);
    let id = page.add(TEXT);
    assert_eq!(page.saver.status(), SaveStatus::Unsaved(1, Failure::Blocked), "the status says so");
    assert!(page.saver.unsaved_item(id).is_some(), "the crash page can save it");
    assert!(
        !quick.kept.borrow().keys().any(|it| it.starts_with("glossator:article:")),
        "no article without its text"
    );
}

/// An event in the life of a page.
#[derive(Clone, Debug)]
enum Event {
    Add(u8),
    Tag(Index),
    Rename(Index, u8),
    Move(Index, bool),
    Remove(Index),
    Undo,
    Deliver(Option<u8>),
    Kill,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0_u8..3).prop_map(Event::Add),
        3 => any::<Index>().prop_map(Event::Tag),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(index, it)| Event::Rename(index, it)),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(index, up)| Event::Move(index, up)),
        1 => any::<Index>().prop_map(Event::Remove),
        2 => Just(Event::Undo),
        4 => Just(Event::Deliver(None)),
        2 => (0_u8..6).prop_map(|steps| Event::Deliver(Some(steps))),
        1 => Just(Event::Kill),
    ]
}

proptest! {
    #![proptest_config(config(200))]

    /// At whatever step the browser is killed: everything that was shown as saved is there, and no article lacks its
    /// text.
    #[test]
    fn a_crash_at_any_moment_loses_no_saved_work(events in vec(event(), 1..40)) {
        let (quick, disk) = (MemoryStorage::default(), Disk::default());
        let mut replica = 1;
        let mut page = Page::open(&quick, &disk, replica);
        let mut promised = (Vec::new(), Vec::new());
        for event in events {
            let ids: Vec<ArticleId> = page.session.articles().in_order().into_iter().map(|(id, _)| id.clone()).collect();
            let pick = |index: Index| (!ids.is_empty()).then(|| ids[index.index(ids.len())].clone());
            let mut killed = false;
            match event {
                Event::Add(text) => _ = page.add(&format!("Text number {text}.")),
                Event::Tag(index) => if let Some(id) = pick(index) { page.tag(&id) },
                Event::Rename(index, title) => if let Some(id) = pick(index) {
                    page.execute(&Command::Article(ArticleCommand::Rename(id, format!("Title {title}").into())));
                },
                Event::Move(index, up) => if let Some(id) = pick(index) {
                    page.execute(&Command::Article(ArticleCommand::Move { id, up }));
                },
                Event::Remove(index) => if let Some(id) = pick(index) {
                    page.execute(&Command::Article(ArticleCommand::Remove(id)));
                },
                Event::Undo => if let Some((_, change)) = page.session.undo(NOW) {
                    page.know();
                    page.saver.save(change.all());
                },
                Event::Deliver(steps) => {
                    if let Some(mut left) = steps {
                        disk.fail(move |_| {
                            left = left.saturating_sub(1);
                            (left == 0).then(|| Failure::Other("killed".into()))
                        });
                    }
                    page.deliver();
                    disk.heal();
                    killed = steps.is_some();
                }
                Event::Kill => killed = true,
            }
            if page.saver.status() == SaveStatus::Saved {
                promised = (page.articles(), page.records());
            }
            if killed {
                // The local copy guarantees nothing.
                quick.kept.borrow_mut().clear();
                replica += 1;
                page = Page::open(&quick, &disk, replica);
                page.check();
                for article in &promised.0 {
                    let here = page.session.articles().records().get(&article.id);
                    prop_assert!(here.is_some_and(|it| it == article || it.version > article.version));
                }
                for record in &promised.1 {
                    let here = page.session.records().get(record.id);
                    prop_assert!(here.is_some_and(|it| it == record || it.version > record.version));
                }
            }
        }
        page.deliver();
        prop_assert_eq!(page.saver.status(), SaveStatus::Saved);
        let again = Page::open(&MemoryStorage::default(), &disk, replica + 1);
        again.check();
        prop_assert_eq!((again.articles(), again.records()), (page.articles(), page.records()));
    }
}
