//! What looks at kernel interaction rather than causing it: `audit`, `decode`.

pub mod audit;
pub mod decode;
pub mod dry_run;
