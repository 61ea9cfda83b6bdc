//! Replacing an article's text by a newer one, and moving the annotations to it.

use std::rc::Rc;

use super::{new_text::NewText, placing::show_unplaced};
use crate::{
    session::{ArticleCommand, Command},
    text::{Anchored, Article, ArticleId, Text, anchor},
    ui::{
        Store,
        features::{document, history, navigation, notices, progress},
        parts::notice::Notice,
    },
};

/// Replaces the text of an own article, and moves every annotation whose passage is found with certainty.
pub(crate) fn replace_text(store: &Store, id: ArticleId, newer: NewText) {
    let Some(mut work) = progress::begin(store, "Placing annotations".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let before = store.read(|state| {
            let article = Rc::clone(state.document.session().library().get(&id)?);
            let all = state.document.session().annotations(&id)?.in_order();
            Some((article, all.iter().map(|(id, it)| (*id, it.span)).collect::<Vec<_>>()))
        });
        let Some((old, annotations)) = before else { return };
        let body = Rc::new(Text::new(&newer.text));
        if body.sha256() == old.body().sha256() {
            store.update(|state| state.notices.fail("The article already has this text."));
            return;
        }
        let new = newer.article(old.title(), &body);
        let article =
            Article::with_text(new.id.clone(), old.title(), newer.kind, &newer.source, Rc::clone(&body));
        let mut found = Vec::new();
        for (place, (id, span)) in annotations.iter().enumerate() {
            if let Anchored::Found(to) = anchor(&old, *span, &article) {
                found.push((*id, to));
            }
            if work.yield_if_due(place, annotations.len()).await.is_err() {
                store.update(|state| state.announcements.say("Cancelled. Nothing was changed."));
                return;
            }
        }
        drop(work);
        let places: std::collections::HashMap<_, _> = annotations.into_iter().collect();
        let exact = found.iter().filter(|(id, to)| places.get(id) == Some(to)).count();
        let counts = (exact, found.len() - exact);
        let (to, unplaced_count) = (new.id.clone(), places.len() - found.len());
        store.state_mut().document.session_mut().add_texts([body]);
        document::execute(&store, &Command::Article(ArticleCommand::Replace { id, new, found }));
        navigation::open(&store, &to);
        if unplaced_count > 0 {
            show_unplaced(&store, &to, Some(counts));
        } else {
            store.update(|state| notices::announce(state, replaced(counts)));
        }
    });
}

fn replaced((exact, moved): (usize, usize)) -> Notice {
    let text = format!(
        "The text was replaced and every annotation was found: {exact} in the same place, {moved} in another."
    );
    Notice::new("replaced", text).with("undo", "Undo", history::undo).until_next_step()
}
