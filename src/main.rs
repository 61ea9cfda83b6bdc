//! The page's entry point.

fn main() {
    glossator::ui::start();
}
