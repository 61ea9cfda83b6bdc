//! Random numbers from the browser's generator.

use crate::annotation::ReplicaId;

/// A new, unique id for this visit of the page.
pub(crate) fn replica() -> ReplicaId {
    ReplicaId(u64::from_le_bytes(random_bytes()))
}

/// Random bytes from the browser's generator, or from `Math.random` where it refuses.
pub(super) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = web_sys::window()
        .and_then(|it| it.crypto().ok())
        .is_some_and(|it| it.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let byte_value = (js_sys::Math::random() * 255.9) as u8;
            *byte = byte_value;
        }
    }
    bytes
}
