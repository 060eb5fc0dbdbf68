//! rtnetlink by hand.
