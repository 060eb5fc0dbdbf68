//! What `vnet` is made of.
