//! A durable storage in memory, which fails on demand.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use glossator::storage::{DurableStore, Failure, Page, Write};

/// A step of a call to the storage, at which it can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Page,
    Begin,
    Write,
    Complete,
    Clear,
}

type Fault = Box<dyn FnMut(Step) -> Option<Failure>>;

/// A durable storage in memory. A transaction is stored as a whole or not at all.
#[derive(Clone, Default)]
pub struct Disk {
    pub kept: Rc<RefCell<BTreeMap<String, String>>>,
    fault: Rc<RefCell<Option<Fault>>>,
    pub writes: Rc<RefCell<Vec<Write>>>,
}

impl Disk {
    pub fn with<const N: usize>(items: [(&str, &str); N]) -> Self {
        let disk = Self::default();
        disk.kept.borrow_mut().extend(items.map(|(key, value)| (key.to_owned(), value.to_owned())));
        disk
    }

    pub fn fail(&self, fault: impl FnMut(Step) -> Option<Failure> + 'static) {
        *self.fault.borrow_mut() = Some(Box::new(fault));
    }

    pub fn heal(&self) {
        *self.fault.borrow_mut() = None;
    }

    pub fn value(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    /// The same disk without faults.
    pub fn healthy(&self) -> Self {
        Self { kept: Rc::clone(&self.kept), ..Self::default() }
    }

    fn step(&self, step: Step) -> Result<(), Failure> {
        let fault = self.fault.borrow_mut().as_mut().and_then(|fault| fault(step));
        fault.map_or(Ok(()), Err)
    }
}

impl DurableStore for Disk {
    async fn page(&self, after: &str, before: &str, _: u32) -> Result<Page, Failure> {
        self.step(Step::Page)?;
        let kept = self.kept.borrow();
        let mut items = kept
            .iter()
            .filter(|(key, _)| (after.to_owned()..before.to_owned()).contains(*key) && *key != after)
            .map(|(key, value)| (key.clone(), value.clone()));
        // Two per page, so that even a few items take several pages.
        let page = items.by_ref().take(2).collect();
        Ok(Page { items: page, more: items.next().is_some() })
    }

    async fn keys(&self, after: &str, before: &str) -> Result<Vec<String>, Failure> {
        self.step(Step::Page)?;
        let kept = self.kept.borrow();
        let keys = kept.range(after.to_owned()..before.to_owned()).map(|(key, _)| key);
        Ok(keys.filter(|it| *it != after).cloned().collect())
    }

    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, Failure> {
        self.step(Step::Begin)?;
        Ok(keys.iter().map(|key| self.value(key)).collect())
    }

    async fn update<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<Write>, T),
    ) -> Result<T, Failure> {
        self.step(Step::Begin)?;
        let mut kept = self.kept.borrow().clone();
        let (writes, result) = decide(keys.iter().map(|key| kept.get(key).cloned()).collect());
        for write in &writes {
            self.step(Step::Write)?;
            match write {
                Write::Set { key, value } => _ = kept.insert(key.clone(), value.clone()),
                Write::Remove { key } => _ = kept.remove(key),
                Write::Move { from, to } => {
                    let value = kept.remove(from).expect("a moved item exists");
                    kept.insert(to.clone(), value);
                }
            }
        }
        self.step(Step::Complete)?;
        *self.kept.borrow_mut() = kept;
        self.writes.borrow_mut().extend(writes);
        Ok(result)
    }

    async fn clear(&self) -> Result<(), Failure> {
        self.step(Step::Clear)?;
        self.kept.borrow_mut().clear();
        Ok(())
    }
}

/// Runs a future that never waits.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(result) => result,
        std::task::Poll::Pending => unreachable!("a disk in memory answers at once"),
    }
}
