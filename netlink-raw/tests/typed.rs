//! Every typed request written, walked by the schema tables, and read back as the same.

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use support::requests::ALL;
use support::seed::Seed;

proptest! {
    #[test]
    fn every_request_is_read_back(seed in vec(any::<u8>(), 0..900)) {
        for request in ALL {
            request(&mut Seed(&seed));
        }
    }
}

/// Nothing set at all, and everything set.
#[test]
fn the_extremes_are_read_back() {
    for fill in [0, 0xff] {
        for request in ALL {
            request(&mut Seed(&[fill; 2000]));
        }
    }
}
