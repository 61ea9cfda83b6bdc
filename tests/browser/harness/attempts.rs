//! A second attempt for what waited in vain: a starved machine can hold a browser up for longer than any patience. And for what
//! no program without unsafe code can do but by a fault of the browser's.

use std::{
    any::Any,
    panic::resume_unwind,
    sync::{Mutex, PoisonError},
};

/// The topics in which something lost would look like a wait in vain, and chance might hide it the next time.
const ONCE: [&str; 7] = ["backup", "faults", "keeping", "killing", "older", "storing", "tabs"];

/// What the harness says of a browser that cannot be waited for.
const LATE: [&str; 5] = ["in vain", "no answer in", "did not start", "does not open", "draws no more"];

/// What is said when `WebKit` fails at a page that is sound: of a module, by its compiler as it seems, as in
/// <https://github.com/oven-sh/bun/issues/17146>; and by its driver when the process of the page has ended, which now and then
/// its compositor does with a segmentation fault inside of Mesa's software renderer (22.3, as the kernel's log tells). Were it
/// our stack that runs over, it would the second time too.
const NOT_OURS: [&str; 2] = ["Out of bounds memory access", "Could not parse script result"];

/// So many in all: where more fail, it is not the machine.
const MOST: usize = 6;

/// What was played again, and how each failed at first.
static AGAIN: Mutex<Vec<String>> = Mutex::new(Vec::new());

type Failure = Box<dyn Any + Send>;

/// Plays what `play` plays, and a second time where it could not go on. What was found to be wrong stays wrong.
pub(super) fn play(topic: &str, name: &str, play: impl Fn() -> Result<(), Failure>) {
    let Err(failure) = play() else { return };
    let message = message(&failure);
    let is_late = LATE.iter().any(|it| message.contains(it)) && !ONCE.contains(&topic);
    let is_of_browser = NOT_OURS.iter().any(|it| message.contains(it));
    if !(is_late || is_of_browser) || !note(format!("{name}: {}", message.lines().next().unwrap_or_default()))
    {
        resume_unwind(failure);
    }
    eprintln!("{name} could not go on, and is played once more: {message}");
    if let Err(failure) = play() {
        resume_unwind(failure);
    }
}

/// Says which needed a second attempt: one that often does is to be mended.
pub(crate) fn tell() {
    for each in AGAIN.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        println!("played twice: {each}");
    }
}

fn note(what: String) -> bool {
    let mut again = AGAIN.lock().unwrap_or_else(PoisonError::into_inner);
    let has_room = again.len() < MOST;
    if has_room {
        again.push(what);
    }
    has_room
}

pub(super) fn message(failure: &Failure) -> String {
    let text = failure.downcast_ref::<String>().cloned();
    text.or_else(|| failure.downcast_ref::<&str>().map(|it| (*it).to_owned())).unwrap_or_default()
}
