//! Which word asked for which attribute.

/// The words that asked for something, by the attribute they went into.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<(&'static str, usize)>);

/// What says which link it is, not what is asked of it.
const IDENTITY: [&str; 2] = ["IFLA_IFNAME", "IFLA_INFO_KIND"];

impl Marks {
    /// Word number `at` of the command line asked for this attribute.
    pub(super) fn note(&mut self, attribute: &'static str, at: usize) {
        self.0.push((attribute, at));
    }

    /// The last word that asked for this attribute.
    pub(super) fn find(&self, attribute: &str) -> Option<usize> {
        let found = self.0.iter().rev().find(|(name, _)| *name == attribute);
        found.map(|(_, at)| *at)
    }

    /// The words that asked for something beside name and kind.
    pub(super) fn settings(&self) -> impl Iterator<Item = usize> {
        let settings = self.0.iter().filter(|(name, _)| !IDENTITY.contains(name));
        settings.map(|(_, at)| *at)
    }

    /// How many things are to change: the name is one, the kind is none.
    pub(super) fn changes(&self) -> usize {
        let name = usize::from(self.find("IFLA_IFNAME").is_some());
        self.settings().count() + name
    }
}
