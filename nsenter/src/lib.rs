//! Linux namespaces by direct system calls.
