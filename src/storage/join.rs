//! Waiting for two futures at once.

use std::{future::poll_fn, task::Poll};

/// Waits for both futures. Both are started before either completes.
pub fn both<A, B>(
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
) -> impl Future<Output = (A, B)> {
    // Boxed, so that a future that awaits this one does not grow by the size of both.
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut a, mut b) = (None, None);
    poll_fn(move |context| {
        if a.is_none()
            && let Poll::Ready(it) = one.as_mut().poll(context)
        {
            a = Some(it);
        }
        if b.is_none()
            && let Poll::Ready(it) = other.as_mut().poll(context)
        {
            b = Some(it);
        }
        match (a.take(), b.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (a, b) = (one, other);
                Poll::Pending
            }
        }
    })
}
