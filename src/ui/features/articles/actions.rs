//! Adding, renaming, moving and removing own articles.

use std::rc::Rc;

use super::{
    new_text::{NewText, check, first_line},
    replace::replace_text,
};
use crate::{
    annotation::ArticleRecord,
    session::{ArticleCommand, Command},
    text::{ArticleId, Text, beginning},
    ui::{
        Store,
        features::{announcements, document, history, navigation, notices},
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// The maximum length of a title, in characters.
const TITLE_LIMIT: usize = 200;

/// The kind of a pasted text.
const PASTED: &str = "Pasted text";

/// Adds a pasted text as an article, or as the newer text of the article that is being replaced.
pub(super) fn add_pasted(store: &Store, title: &str, text: &str) -> Result<(), String> {
    check(text)?;
    if let Some(id) = store.read(|state| state.articles.replacing.clone()) {
        let newer =
            NewText { title: String::new(), kind: PASTED, source: String::new(), text: text.to_owned() };
        replace_text(store, id, newer);
        return Ok(());
    }
    let title = if title.trim().is_empty() { first_line(text) } else { title.trim().to_owned() };
    add_texts(store, &[NewText { title, kind: PASTED, source: String::new(), text: text.to_owned() }]);
    Ok(())
}

/// Starts or ends editing the title of an own article.
pub(super) fn set_renaming(store: &Store, id: Option<&ArticleId>) {
    let own_id = id.filter(|it| ArticleRecord::is_own(it)).cloned();
    if id.is_some() && own_id.is_none() {
        store.update(|state| state.announcements.say("Only your own articles can be renamed."));
        return;
    }
    if store.read(|state| state.articles.renaming != own_id) {
        store.update(|state| state.articles.renaming = own_id);
    }
}

/// Changes the title of an own article.
pub(super) fn rename(store: &Store, id: &ArticleId, title: &str) {
    set_renaming(store, None);
    let title = beginning(title.trim(), TITLE_LIMIT);
    if title.is_empty() {
        announcements::announce(store, "An article needs a title. The title was not changed.");
    } else if store
        .read(|state| state.document.session().library().get(id).is_some_and(|it| it.title() != title))
    {
        document::execute(store, &Command::Article(ArticleCommand::Rename(id.clone(), (&*title).into())));
        announcements::announce(store, format!("Renamed to {title}"));
    }
}

/// Moves an own article up or down in the list.
pub(super) fn move_article(store: &Store, id: &ArticleId, up: bool) {
    let steps = store.read(|state| state.document.session().history().steps());
    document::execute(store, &Command::Article(ArticleCommand::Move { id: id.clone(), up }));
    store.update(|state| {
        let moved = state.document.session().history().steps() > steps;
        let words = match (moved, up) {
            (false, _) => "It cannot be moved further",
            (true, true) => "Moved up",
            (true, false) => "Moved down",
        };
        state.announcements.say(words);
    });
}

/// Removes an own article with its annotations.
pub(super) fn remove(store: &Store, id: &ArticleId) {
    let what = store.read(|state| {
        let title = state.document.session().library().get(id)?.title().to_owned();
        Some(removed(&title, state.document.session().annotations(id)?.len()))
    });
    let Some(notice) = what else { return };
    document::execute(store, &Command::Article(ArticleCommand::Remove(id.clone())));
    store.update(|state| notices::announce(state, notice));
}

/// Calls `act` for the open article if it is an own one. Otherwise announces that it must be.
pub(super) fn with_own(store: &Store, act: impl FnOnce(&Store, &ArticleId)) {
    match store.read(|state| state.location.open().cloned().filter(ArticleRecord::is_own)) {
        Some(id) => act(store, &id),
        None => {
            store.update(|state| state.announcements.say("Open one of your own articles first."));
        }
    }
}

/// Adds texts as own articles in one step, and opens the first.
pub(crate) fn add_texts(store: &Store, texts: &[NewText]) {
    let mut bodies = Vec::new();
    let mut new = Vec::new();
    for it in texts {
        let text = Rc::new(Text::new(&it.text));
        new.push(it.article(&beginning(&it.title, TITLE_LIMIT), &text));
        bodies.push(text);
    }
    let Some(first) = new.first().map(|it| it.id.clone()) else { return };
    let words = match texts {
        [one] => format!("{} added", one.title),
        more => format!("{} texts added", more.len()),
    };
    store.state_mut().document.session_mut().add_texts(bodies);
    document::execute(store, &Command::Article(ArticleCommand::Add(new)));
    platform::ask_to_persist();
    navigation::open(store, &first);
    store.update(|state| state.announcements.say(words));
}

/// The notice that an article was removed.
fn removed(title: &str, annotations: usize) -> Notice {
    let text = match annotations {
        0 => format!("“{title}” was removed."),
        more => format!("“{title}” was removed with its {}.", count(more, "annotation", "annotations")),
    };
    Notice::new("removed", text).with("undo", "Undo", history::undo).until_next_step()
}
