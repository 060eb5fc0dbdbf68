//! Any bytes as a policy of an audit: read or refused; what is read is written, and read again, as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vnet::tools::audit::policy::Policy;

fuzz_target!(|data: &[u8]| {
    match Policy::parse("p", data) {
        Ok(policy) => {
            let text = policy.to_string();
            let again = Policy::parse("p", text.as_bytes()).expect("what was written is read");
            assert_eq!(again.to_string(), text);
        }
        Err(malformed) => assert!(malformed.line <= data.len() + 1),
    }
});
