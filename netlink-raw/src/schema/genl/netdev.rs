//! Tables of what links have inside: queues, pages, NAPI (`linux/netdev.h` of Linux 6.3 and later).

use super::Family;
use super::UINT;
use crate::schema::Value::*;
use crate::schema::{Int, Table, attributes, names};

/// What links have inside.
pub static NETDEV: Family = Family {
    name: "netdev",
    commands: COMMANDS,
    table: &DEV,
    tables: TABLES,
    ..Family::PLAIN
};

attributes! {
    /// A link.
    pub DEV {
        NETDEV_A_DEV_IFINDEX = 1: Index,
        NETDEV_A_DEV_PAD = 2: Bytes,
        NETDEV_A_DEV_XDP_FEATURES = 3: Bits(Int::U64, XDP_FEATURES),
        NETDEV_A_DEV_XDP_ZC_MAX_SEGS = 4: U32,
        NETDEV_A_DEV_XDP_RX_METADATA_FEATURES = 5: Bits(Int::U64, RX_METADATA),
        NETDEV_A_DEV_XSK_FEATURES = 6: Bits(Int::U64, XSK_FEATURES),
    }

    /// A pool of pages.
    pub PAGE_POOL {
        NETDEV_A_PAGE_POOL_ID = 1: BySize(UINT),
        NETDEV_A_PAGE_POOL_IFINDEX = 2: Index,
        NETDEV_A_PAGE_POOL_NAPI_ID = 3: BySize(UINT),
        NETDEV_A_PAGE_POOL_INFLIGHT = 4: BySize(UINT),
        NETDEV_A_PAGE_POOL_INFLIGHT_MEM = 5: BySize(UINT),
        NETDEV_A_PAGE_POOL_DETACH_TIME = 6: BySize(UINT),
        NETDEV_A_PAGE_POOL_DMABUF = 7: U32,
        NETDEV_A_PAGE_POOL_IO_URING = 8: Bytes,
    }

    /// Its counters.
    pub PAGE_POOL_STATS {
        NETDEV_A_PAGE_POOL_STATS_INFO = 1: Nest(&PAGE_POOL),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_FAST = 8: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_SLOW = 9: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_SLOW_HIGH_ORDER = 10: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_EMPTY = 11: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_REFILL = 12: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_ALLOC_WAIVE = 13: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_RECYCLE_CACHED = 14: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_RECYCLE_CACHE_FULL = 15: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_RECYCLE_RING = 16: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_RECYCLE_RING_FULL = 17: BySize(UINT),
        NETDEV_A_PAGE_POOL_STATS_RECYCLE_RELEASED_REFCNT = 18: BySize(UINT),
    }

    /// Who polls queues.
    pub NAPI {
        NETDEV_A_NAPI_IFINDEX = 1: Index,
        NETDEV_A_NAPI_ID = 2: U32,
        NETDEV_A_NAPI_IRQ = 3: U32,
        NETDEV_A_NAPI_PID = 4: U32,
        NETDEV_A_NAPI_DEFER_HARD_IRQS = 5: U32,
        NETDEV_A_NAPI_GRO_FLUSH_TIMEOUT = 6: BySize(UINT),
        NETDEV_A_NAPI_IRQ_SUSPEND_TIMEOUT = 7: BySize(UINT),
        NETDEV_A_NAPI_THREADED = 8: U32,
    }

    /// A queue.
    pub QUEUE {
        NETDEV_A_QUEUE_ID = 1: U32,
        NETDEV_A_QUEUE_IFINDEX = 2: Index,
        NETDEV_A_QUEUE_TYPE = 3: Enum(Int::U32, QUEUE_TYPES),
        NETDEV_A_QUEUE_NAPI_ID = 4: U32,
        NETDEV_A_QUEUE_DMABUF = 5: U32,
        NETDEV_A_QUEUE_IO_URING = 6: Bytes,
        NETDEV_A_QUEUE_XSK = 7: Bytes,
    }

    /// Counters of a queue, or of all.
    pub QSTATS {
        NETDEV_A_QSTATS_IFINDEX = 1: Index,
        NETDEV_A_QSTATS_QUEUE_TYPE = 2: Enum(Int::U32, QUEUE_TYPES),
        NETDEV_A_QSTATS_QUEUE_ID = 3: U32,
        NETDEV_A_QSTATS_SCOPE = 4: BySize(UINT),
        NETDEV_A_QSTATS_RX_PACKETS = 8: BySize(UINT),
        NETDEV_A_QSTATS_RX_BYTES = 9: BySize(UINT),
        NETDEV_A_QSTATS_TX_PACKETS = 10: BySize(UINT),
        NETDEV_A_QSTATS_TX_BYTES = 11: BySize(UINT),
        NETDEV_A_QSTATS_RX_ALLOC_FAIL = 12: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_DROPS = 13: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_DROP_OVERRUNS = 14: BySize(UINT),
        NETDEV_A_QSTATS_RX_CSUM_COMPLETE = 15: BySize(UINT),
        NETDEV_A_QSTATS_RX_CSUM_UNNECESSARY = 16: BySize(UINT),
        NETDEV_A_QSTATS_RX_CSUM_NONE = 17: BySize(UINT),
        NETDEV_A_QSTATS_RX_CSUM_BAD = 18: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_GRO_PACKETS = 19: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_GRO_BYTES = 20: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_GRO_WIRE_PACKETS = 21: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_GRO_WIRE_BYTES = 22: BySize(UINT),
        NETDEV_A_QSTATS_RX_HW_DROP_RATELIMITS = 23: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_DROPS = 24: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_DROP_ERRORS = 25: BySize(UINT),
        NETDEV_A_QSTATS_TX_CSUM_NONE = 26: BySize(UINT),
        NETDEV_A_QSTATS_TX_NEEDS_CSUM = 27: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_GSO_PACKETS = 28: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_GSO_BYTES = 29: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_GSO_WIRE_PACKETS = 30: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_GSO_WIRE_BYTES = 31: BySize(UINT),
        NETDEV_A_QSTATS_TX_HW_DROP_RATELIMITS = 32: BySize(UINT),
        NETDEV_A_QSTATS_TX_STOP = 33: BySize(UINT),
        NETDEV_A_QSTATS_TX_WAKE = 34: BySize(UINT),
    }

    /// Memory of a device that queues fill.
    pub DMABUF {
        NETDEV_A_DMABUF_IFINDEX = 1: Index,
        NETDEV_A_DMABUF_QUEUES = 2: Nest(&QUEUE),
        NETDEV_A_DMABUF_FD = 3: U32,
        NETDEV_A_DMABUF_ID = 4: U32,
    }
}

/// What commands have that are not about a link.
static TABLES: &[(u8, &Table)] = &[
    (5, &PAGE_POOL),
    (6, &PAGE_POOL),
    (7, &PAGE_POOL),
    (8, &PAGE_POOL),
    (9, &PAGE_POOL_STATS),
    (10, &QUEUE),
    (11, &NAPI),
    (12, &QSTATS),
    (13, &DMABUF),
    (14, &NAPI),
    (15, &DMABUF),
];

names! {
    /// Its commands.
    pub COMMANDS {
        NETDEV_CMD_DEV_GET = 1, NETDEV_CMD_DEV_ADD_NTF = 2, NETDEV_CMD_DEV_DEL_NTF = 3,
        NETDEV_CMD_DEV_CHANGE_NTF = 4, NETDEV_CMD_PAGE_POOL_GET = 5,
        NETDEV_CMD_PAGE_POOL_ADD_NTF = 6, NETDEV_CMD_PAGE_POOL_DEL_NTF = 7,
        NETDEV_CMD_PAGE_POOL_CHANGE_NTF = 8, NETDEV_CMD_PAGE_POOL_STATS_GET = 9,
        NETDEV_CMD_QUEUE_GET = 10, NETDEV_CMD_NAPI_GET = 11, NETDEV_CMD_QSTATS_GET = 12,
        NETDEV_CMD_BIND_RX = 13, NETDEV_CMD_NAPI_SET = 14, NETDEV_CMD_BIND_TX = 15,
    }

    /// Which way through a queue.
    pub QUEUE_TYPES {
        NETDEV_QUEUE_TYPE_RX = 0, NETDEV_QUEUE_TYPE_TX = 1,
    }

    /// What XDP can do on a link.
    pub XDP_FEATURES {
        NETDEV_XDP_ACT_BASIC = 1, NETDEV_XDP_ACT_REDIRECT = 2, NETDEV_XDP_ACT_NDO_XMIT = 4,
        NETDEV_XDP_ACT_XSK_ZEROCOPY = 8, NETDEV_XDP_ACT_HW_OFFLOAD = 16, NETDEV_XDP_ACT_RX_SG = 32,
        NETDEV_XDP_ACT_NDO_XMIT_SG = 64,
    }

    /// What XDP may know of a packet.
    pub RX_METADATA {
        NETDEV_XDP_RX_METADATA_TIMESTAMP = 1, NETDEV_XDP_RX_METADATA_HASH = 2,
        NETDEV_XDP_RX_METADATA_VLAN_TAG = 4,
    }

    /// What sockets of XDP can do.
    pub XSK_FEATURES {
        NETDEV_XSK_FLAGS_TX_TIMESTAMP = 1, NETDEV_XSK_FLAGS_TX_CHECKSUM = 2,
        NETDEV_XSK_FLAGS_TX_LAUNCH_TIME_FIFO = 4,
    }
}
