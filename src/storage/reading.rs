//! Reading the durable copy: first what is on the part of an article that is being read, then the rest.

use std::mem;

use super::{
    aside::{self, Aside},
    durable::{Durable, DurableCopy, Found, Invalid, Page, behind, both},
    items::Failure,
    pack::{Part, Unpacking, may_reach},
    stored::{Stored, read},
};
use crate::{
    annotation::{AnyRecord, Record},
    interchange::{ANNOTATION_KEY, PACK_KEY},
    text::Library,
};

/// Of fewer packs than these none is read before the others.
const MANY: usize = 4;
/// No more than these are.
const NEAR: usize = 8;

/// What has been read of annotations until now.
#[derive(Debug, Default)]
pub struct Reading {
    /// The first piece of what was set aside,
    asides: Page,
    /// of what is by itself,
    loose: Page,
    /// and of the packs, unless only some were read.
    packs: Option<Page>,
    /// Packs that were read before all others: every one that may reach to the part that was asked for.
    near: Vec<(String, String)>,
    /// The keys of those that were taken in.
    taken: Vec<String>,
    unpacking: Unpacking,
    invalid: Vec<Invalid>,
    left_alone: Vec<(String, String)>,
}

impl Reading {
    fn take_loose(&mut self, key: String, value: String, library: &Library) {
        match read(&key, &value, library) {
            Stored::Record(AnyRecord::Annotation(record)) => self.unpacking.take(record),
            Stored::Record(AnyRecord::Article(_)) => {}
            Stored::NotOurs(_) => self.left_alone.push((key, value)),
            Stored::Invalid(reason) => self.invalid.push((key, value, reason)),
        }
    }

    fn take_pack(&mut self, key: String, value: String, library: &Library) {
        if let Err(reason) = self.unpacking.take_pack(&key, &value, library, &mut self.left_alone) {
            self.invalid.push((key, value, reason));
        }
    }
}

impl<D: Durable> DurableCopy<D> {
    /// Reads everything but own articles, and sets aside what is not valid.
    ///
    /// # Errors
    /// When nothing could be read.
    pub async fn load(&self) -> Result<Found, Failure> {
        self.finish(self.begin(None).await?).await
    }

    /// Begins to read everything but own articles, with what may be on a `part` of an article before all else. Takes nothing in
    /// yet: what is known of articles after this counts.
    ///
    /// # Errors
    /// When nothing could be read.
    pub async fn begin(&self, part: Option<&Part>) -> Result<Reading, Failure> {
        // All is asked for at once, what is by itself before the packs: to those another tab may be moving some of it.
        let first = both(self.first(aside::PREFIX), self.first(ANNOTATION_KEY));
        let ((asides, loose), packs) = both(first, self.first_packs(part)).await;
        let (asides, loose, (near, mut packs)) = (asides?, loose?, packs?);
        if loose.more {
            packs = None;
        }
        Ok(Reading { asides, loose, packs, near, ..Reading::default() })
    }

    /// The packs that may reach to a part of an article, where they are few of many, else the first piece of all.
    async fn first_packs(
        &self,
        part: Option<&Part>,
    ) -> Result<(Vec<(String, String)>, Option<Page>), Failure> {
        if let Some(part) = part {
            let mut keys = self.place().keys(PACK_KEY, &behind(PACK_KEY)).await?;
            let all = keys.len();
            keys.retain(|it| may_reach(it, part));
            if all >= MANY && keys.len() <= NEAR.min(all / 2) {
                let items = self.place().get(&keys).await?;
                let near = keys.into_iter().zip(items).filter_map(|(key, item)| Some((key, item?)));
                return Ok((near.collect(), None));
            }
        }
        Ok((Vec::new(), Some(self.first(PACK_KEY).await?)))
    }

    /// All that is on the part that was asked for, while the rest is still to be read. Nothing where that was not read first.
    ///
    /// Whether something was moved far away from there, together with many others, is known when the rest has been read.
    pub fn first_of(&self, reading: &mut Reading) -> Vec<Record> {
        if reading.near.is_empty() || reading.loose.more {
            return Vec::new();
        }
        let library = self.library();
        for (key, value) in mem::take(&mut reading.loose.items) {
            reading.take_loose(key, value, &library);
        }
        for (key, value) in mem::take(&mut reading.near) {
            reading.taken.push(key.clone());
            reading.take_pack(key, value, &library);
        }
        reading.unpacking.records()
    }

    /// Reads the rest, and gives all of it; sets aside what is not valid.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn finish(&self, mut reading: Reading) -> Result<Found, Failure> {
        let mut found = Found::default();
        let library = self.library();
        let asides = mem::take(&mut reading.asides);
        self.each_from(aside::PREFIX, asides, &mut |key, value| {
            found.set_aside.push(Aside::earlier(key, value, &library));
        })
        .await?;
        let loose = mem::take(&mut reading.loose);
        self.each_from(ANNOTATION_KEY, loose, &mut |key, value| reading.take_loose(key, value, &library))
            .await?;
        let packs = match reading.packs.take() {
            Some(packs) => packs,
            None => self.first(PACK_KEY).await?,
        };
        self.each_from(PACK_KEY, packs, &mut |key, value| {
            if !reading.taken.contains(&key) {
                reading.take_pack(key, value, &library);
            }
        })
        .await?;
        found.left_alone = reading.left_alone.into_iter().collect();
        (found.set_aside, found.failure) = self.put_aside(reading.invalid, found.set_aside).await;
        reading.unpacking.finish(self, &mut found).await;
        Ok(found)
    }
}
