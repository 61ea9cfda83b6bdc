//! Own articles: taken in, kept track of, and told of by other tabs.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{App, Notice, State, actions::excerpt};
use crate::{
    annotation::{ArticleRecord, NewArticle},
    interchange::{TEXT_LIMIT, megabytes},
    session::{ArticleCommand, Command},
    storage::{Due, FoundArticles, retry_unrecognized},
    text::{ArticleId, Span, Text, beginning},
    ui::platform,
};

impl App {
    /// Tells those who keep records what the articles are now, and reads what waited for one; the passages to draw anew.
    pub(super) fn know(&self, state: &mut State) -> Vec<(ArticleId, Span)> {
        let library = state.session.library().clone();
        state.saver.local_copy().set_library(library.clone());
        self.durable().set_library(library.clone());
        if state.unrecognized.is_empty() {
            return Vec::new();
        }
        let records = retry_unrecognized(&mut state.unrecognized, &library);
        let change = state.session.merge(records).change;
        // Until the durable copy has been read, they are compared with it when it is.
        if state.saver.is_loaded() {
            state.saver.schedule(change.records, Due { local: true, durable: true });
        }
        change.touched
    }

    /// Takes in own articles as the durable copy has them.
    pub(super) fn take_articles(&self, found: FoundArticles) {
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let state = &mut *state;
            state.put_aside(found.set_aside);
            state.leave_alone(found.unrecognized);
            state.session.take_texts(found.texts);
            let newer = state.saver.reconcile_articles(state.session.articles().records(), found.records);
            state.session.merge_articles(newer);
            if let Some(failure) = found.failure {
                state.saver.durable_failed(failure);
            }
            state.tell_missing();
            self.know(state)
        };
        self.refresh(&touched);
        self.stay_listed();
        self.enter_wanted();
        self.search_all_again();
    }

    /// Another tab has this of an own article; `durable` when it is in the durable copy already. Where its text is not here
    /// it is fetched first.
    pub(super) fn hear_article(&self, state: &mut State, record: ArticleRecord, durable: bool) {
        let needed = record.sha256().filter(|it| state.session.articles().text(it).is_none()).cloned();
        let near = needed.as_ref().and_then(|it| state.saver.local_copy().text(it));
        let app = self.clone();
        spawn_local(async move {
            let text = match (needed, near) {
                (Some(sha256), None) => app.durable().text(&sha256).await.ok().flatten(),
                (_, near) => near,
            };
            app.take_heard(record, text, durable);
        });
    }

    fn take_heard(&self, record: ArticleRecord, text: Option<Rc<Text>>, durable: bool) {
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let state = &mut *state;
            state.session.take_texts(text);
            let changed = state.session.merge_articles([record]);
            if !durable {
                // The tab that wrote it may be gone before it is in the durable copy.
                state.saver.schedule(changed, Due { local: false, durable: true });
            }
            self.know(state)
        };
        self.refresh(&touched);
        self.stay_listed();
        self.search_all_again();
        self.deliver();
    }

    /// Opens another article when the open one is no longer listed.
    pub(super) fn stay_listed(&self) {
        self.table_changed();
        let next = self.read(|state| {
            if state.awaited.is_some() {
                return None;
            }
            let library = state.session.library();
            match &state.open {
                Some(open) if library.get(open).is_some() => None,
                open => {
                    let successor = open.as_ref().and_then(|it| state.session.articles().successor(it));
                    successor.cloned().or_else(|| library.iter().next().map(|it| it.id().clone()))
                }
            }
        });
        if let Some(next) = next {
            self.open_behind(&next);
        }
    }

    /// Adds a text that was pasted, or gives an article this newer text.
    pub(in crate::ui) fn add_pasted(&self, title: &str, text: &str) -> Result<(), String> {
        check(text)?;
        if let Some(id) = self.read(|state| state.replacing.clone()) {
            let incoming =
                Incoming { title: String::new(), kind: PASTED, source: String::new(), text: text.to_owned() };
            self.replace_text(id, incoming);
            return Ok(());
        }
        let title = if title.trim().is_empty() { first_line(text) } else { title.trim().to_owned() };
        self.add_texts(&[Incoming { title, kind: PASTED, source: String::new(), text: text.to_owned() }]);
        Ok(())
    }

    /// Begins to write an own article's title, or ends it.
    pub(in crate::ui) fn rename(&self, id: Option<&ArticleId>) {
        let own = id.filter(|it| ArticleRecord::is_own(it)).cloned();
        if id.is_some() && own.is_none() {
            self.update(|state| state.say("Only your own articles can be renamed."));
            return;
        }
        if self.read(|state| state.renaming != own) {
            self.update(|state| state.renaming = own);
        }
    }

    /// Gives an own article another title.
    pub(in crate::ui) fn entitle(&self, id: &ArticleId, title: &str) {
        self.rename(None);
        let title = beginning(title.trim(), TITLE_LIMIT);
        if title.is_empty() {
            self.say("An article needs a title; it keeps the one it had.");
        } else if self.read(|state| state.session.library().get(id).is_some_and(|it| it.title() != title)) {
            self.execute(&Command::Article(ArticleCommand::Rename(id.clone(), (&*title).into())));
            self.say(format!("Renamed to {title}"));
        }
    }

    /// Moves an own article up or down in the list.
    pub(in crate::ui) fn move_article(&self, id: &ArticleId, up: bool) {
        let steps = self.read(|state| state.session.history().steps());
        self.execute(&Command::Article(ArticleCommand::Move { id: id.clone(), up }));
        self.update(|state| {
            let moved = state.session.history().steps() > steps;
            let words = match (moved, up) {
                (false, _) => "It is there already",
                (true, true) => "Moved up",
                (true, false) => "Moved down",
            };
            state.say(words);
        });
    }

    /// Removes an own article with its annotations.
    pub(in crate::ui) fn remove_article(&self, id: &ArticleId) {
        let what = self.read(|state| {
            let title = state.session.library().get(id)?.title().to_owned();
            Some(Notice::Removed { title, annotations: state.session.annotations(id)?.len() })
        });
        let Some(notice) = what else { return };
        self.execute(&Command::Article(ArticleCommand::Remove(id.clone())));
        self.update(|state| {
            state.say(notice.text());
            state.notify(notice);
        });
    }

    /// Does something with the open article, if it is an own one.
    pub(in crate::ui) fn with_own(&self, act: impl FnOnce(&Self, &ArticleId)) {
        match self.read(|state| state.open.clone().filter(ArticleRecord::is_own)) {
            Some(id) => act(self, &id),
            None => self.update(|state| state.say("This is for your own articles; open one first.")),
        }
    }

    /// Adds texts as own articles in one step, and opens the first.
    pub(super) fn add_texts(&self, incoming: &[Incoming]) {
        let mut texts = Vec::new();
        let mut new = Vec::new();
        for it in incoming {
            let text = Rc::new(Text::new(&it.text));
            let moment = platform::moment();
            new.push(NewArticle {
                id: ArticleRecord::mint(moment.now, moment.entropy),
                title: beginning(&it.title, TITLE_LIMIT).into(),
                kind: it.kind.into(),
                source: it.source.as_str().into(),
                sha256: Rc::clone(text.sha256()),
            });
            texts.push(text);
        }
        let Some(first) = new.first().map(|it| it.id.clone()) else { return };
        let words = match incoming {
            [one] => format!("{} added", one.title),
            more => format!("{} texts added", more.len()),
        };
        self.0.state.borrow_mut().session.take_texts(texts);
        self.execute(&Command::Article(ArticleCommand::Add(new)));
        platform::ask_to_persist();
        self.open(&first);
        self.update(|state| state.say(words));
    }
}

/// How long a title is at most, in characters.
pub(in crate::ui) const TITLE_LIMIT: usize = 200;

/// The kind of a text that comes from no file.
const PASTED: &str = "Pasted text";

/// A text on its way in.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Incoming {
    pub(super) title: String,
    /// What sort of text it is.
    pub(super) kind: &'static str,
    /// The file that it was read from.
    pub(super) source: String,
    pub(super) text: String,
}

/// Why a text cannot be an article, if it cannot.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("there is no text in it".to_owned());
    }
    if text.len() > TEXT_LIMIT {
        return Err(format!(
            "it is {} large, and the largest text that is taken is {}",
            megabytes(text.len() as u64),
            megabytes(TEXT_LIMIT as u64)
        ));
    }
    Ok(())
}

/// The beginning of the first line that holds words, as a title.
pub(super) fn first_line(text: &str) -> String {
    excerpt(text.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default())
}

impl State {
    /// Tells of own articles whose texts this browser does not have any more.
    fn tell_missing(&mut self) {
        let lost = self.session.articles().missing().filter_map(|it| it.content.as_ref());
        let titles: Vec<String> = lost.filter(|it| it.listed).map(|it| it.title.to_string()).collect();
        if !titles.is_empty() {
            self.notify(Notice::TextsMissing { titles });
        }
    }
}
