//! A connection: typed requests out, answers in, each exchange read to its end.

use crate::decode::{MessageRef, Messages};
use crate::encode::{Batch, Message};
use crate::error::{EncodeError, Error, KernelError};
use crate::exchange::{Exchange, Expect, NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST, Step};
use crate::schema;
use crate::socket::Socket;
use crate::transport::Transport;

/// The largest datagram that the kernel makes of a dump, in bytes; answers that are larger make the
/// buffer grow.
const RECEIVE: usize = 32 * 1024;
/// The request buffer starts at this many bytes and grows for requests that need more.
const REQUEST: usize = 4 * 1024;
/// No request and no answer is ever larger than this many bytes.
const LIMIT: usize = 1 << 24;
/// How often a dump that changed under us is asked for again.
const ATTEMPTS: usize = 5;

/// Whether a dump is one consistent picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "an interrupted dump may lack entries or show some twice"]
pub enum Dumped {
    /// It is.
    Complete,
    /// What it lists changed while it was read (`NLM_F_DUMP_INTR`).
    Interrupted,
}

/// One netlink socket and its buffers. Not for use by two threads at once; make one each.
///
/// ```no_run
/// use netlink_raw::{Connection, Socket};
/// use netlink_raw::route::link::{GetLink, Link};
///
/// let mut conn = Connection::new(Socket::route()?);
/// let mtu = conn.get(&GetLink::by_name(b"lo"), |reply| Link::parse(&reply).map(|l| l.mtu))??;
/// assert_eq!(mtu, Some(65536));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Connection<T = Socket> {
    transport: T,
    seq: u32,
    request: Vec<u8>,
    sent: usize,
    answer: Vec<u8>,
}

impl<T: Transport> Connection<T> {
    /// Over this transport.
    #[must_use]
    pub fn new(transport: T) -> Self {
        Self {
            transport,
            seq: 0,
            request: vec![0; REQUEST],
            sent: 0,
            answer: Vec::new(),
        }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The transport, to change its options.
    pub fn transport_mut(&mut self) -> &mut T {
        &mut self.transport
    }

    /// Puts another transport in the place of this one, which it hands back: the buffers serve on.
    pub fn replace_transport(&mut self, transport: T) -> T {
        core::mem::replace(&mut self.transport, transport)
    }

    /// The same connection over what `f` makes of its transport.
    pub fn map_transport<U>(self, f: impl FnOnce(T) -> U) -> Connection<U> {
        Connection {
            transport: f(self.transport),
            seq: self.seq,
            request: self.request,
            sent: self.sent,
            answer: self.answer,
        }
    }

    /// Gives the transport back.
    pub fn into_transport(self) -> T {
        self.transport
    }

    /// Asks for a change and waits for its acknowledgement.
    ///
    /// # Errors
    /// [`Error::Kernel`] when it is refused, with what the kernel said of it.
    pub fn change<M: Message + ?Sized>(&mut self, request: &M) -> Result<(), Error> {
        let seq = self.send(request, NLM_F_ACK)?;
        self.read(seq, Expect::Ack, &mut |_| {}).map(drop)
    }

    /// Asks for one object and hands its message to `read`.
    ///
    /// # Errors
    /// [`Error::Kernel`] with `ENODEV`, `ENOENT`, … when there is none.
    pub fn get<M: Message + ?Sized, R>(
        &mut self,
        request: &M,
        read: impl FnOnce(MessageRef<'_>) -> R,
    ) -> Result<R, Error> {
        let seq = self.send(request, 0)?;
        let mut read = Some(read);
        let mut result = None;
        let exchange = self.read(seq, Expect::One, &mut |message| {
            result = read.take().map(|read| read(message));
        });
        match exchange {
            // The whole answer was larger than the buffer; the buffer has grown, and a GET has no effect.
            Err(Error::Truncated { .. }) if read.is_some() => {
                let seq = self.send(request, 0)?;
                self.read(seq, Expect::One, &mut |message| {
                    result = read.take().map(|read| read(message));
                })?;
            }
            other => {
                other?;
            }
        }
        result.ok_or(Error::NoAnswer)
    }

    /// Asks for all objects and hands each message to `each`, as it arrives.
    ///
    /// # Errors
    /// [`Error::Kernel`] when the dump is refused or breaks off. `each` has then seen a part.
    pub fn dump<M: Message + ?Sized>(
        &mut self,
        request: &M,
        mut each: impl FnMut(MessageRef<'_>),
    ) -> Result<Dumped, Error> {
        let seq = self.send(request, NLM_F_DUMP)?;
        let exchange = self.read(seq, Expect::Dump, &mut each)?;
        Ok(if exchange.interrupted() {
            Dumped::Interrupted
        } else {
            Dumped::Complete
        })
    }

    /// Asks for all objects and keeps their messages; asks again when they changed meanwhile.
    ///
    /// # Errors
    /// As [`dump`](Self::dump).
    pub fn collect<M: Message + ?Sized>(&mut self, request: &M) -> Result<Collected, Error> {
        let mut all = Collected::default();
        for _ in 0..ATTEMPTS {
            all.bytes.clear();
            let result = self.dump(request, |message| all.push(message));
            all.interrupted = match result {
                Ok(Dumped::Complete) => false,
                Ok(Dumped::Interrupted) => true,
                // The buffer has grown; what was lost is asked for again.
                Err(Error::Truncated { .. }) => true,
                Err(e) => return Err(e),
            };
            if !all.interrupted {
                break;
            }
        }
        Ok(all)
    }

    /// Sends many changes as one datagram with one acknowledgement, that of the last.
    ///
    /// The kernel takes them in order and does not stop at one that fails: `refused` is called with the
    /// position of each that was.
    ///
    /// # Errors
    /// When the datagram could not be written, sent, or its answer read.
    pub fn batch<'m>(
        &mut self,
        requests: impl IntoIterator<Item = &'m dyn Message>,
        mut refused: impl FnMut(usize, KernelError),
    ) -> Result<(), Error> {
        let requests: Vec<&dyn Message> = requests.into_iter().collect();
        let Some(last) = requests.len().checked_sub(1) else {
            return Ok(());
        };
        let first = self.seq.wrapping_add(1);
        let len = loop {
            let mut batch = Batch::new(&mut self.request);
            let mut seq = first;
            let written = requests.iter().enumerate().try_for_each(|(i, request)| {
                let ack = if i == last { NLM_F_ACK } else { 0 };
                let result = batch.push(*request, NLM_F_REQUEST | ack, seq);
                seq = seq.wrapping_add(1);
                result
            });
            match written {
                Ok(()) => break batch.as_bytes().len(),
                Err(e) => self.grow_request(e)?,
            }
        };
        let count = u32::try_from(requests.len()).unwrap_or(u32::MAX);
        self.seq = self.seq.wrapping_add(count);
        self.sent = len;
        self.transport
            .send(self.request.get(..len).unwrap_or_default())
            .map_err(Error::io("send"))?;
        self.read_batch(first, last, &mut refused)
    }

    /// Waits for one datagram of events and hands over its messages, each with the id of its
    /// namespace where events of all are heard.
    ///
    /// # Errors
    /// [`Error::Overrun`] when events were lost; the connection goes on working.
    pub fn events(
        &mut self,
        mut each: impl FnMut(MessageRef<'_>, Option<i32>),
    ) -> Result<(), Error> {
        let received = self.receive()?;
        for message in Messages::new(self.answer.get(..received.0).unwrap_or_default()) {
            each(message?, received.1);
        }
        Ok(())
    }

    fn send<M: Message + ?Sized>(&mut self, request: &M, flags: u16) -> Result<u32, Error> {
        self.seq = self.seq.wrapping_add(1);
        let seq = self.seq;
        let len = loop {
            let mut batch = Batch::new(&mut self.request);
            match batch.push(request, NLM_F_REQUEST | flags, seq) {
                Ok(()) => break batch.as_bytes().len(),
                Err(e) => self.grow_request(e)?,
            }
        };
        self.sent = len;
        self.transport
            .send(self.request.get(..len).unwrap_or_default())
            .map_err(Error::io("send"))?;
        Ok(seq)
    }

    fn grow_request(&mut self, e: EncodeError) -> Result<(), Error> {
        let size = self.request.len().saturating_mul(4);
        match e {
            EncodeError::Full { need, .. } if need <= LIMIT && size <= LIMIT => {
                // It is written anew: nothing of it is worth a copy.
                self.request = vec![0; size.max(need)];
                Ok(())
            }
            other => Err(other.into()),
        }
    }

    /// One datagram into the answer buffer: its length, and its namespace.
    fn receive(&mut self) -> Result<(usize, Option<i32>), Error> {
        if self.answer.is_empty() {
            self.answer = vec![0; RECEIVE];
        }
        let received = match self.transport.recv(&mut self.answer) {
            Err(e) if e.raw_os_error() == Some(libc::ENOBUFS) => return Err(Error::Overrun),
            other => other.map_err(Error::io("recv"))?,
        };
        if received.len > self.answer.len() {
            self.answer = vec![0; received.len.min(LIMIT)];
            return Err(Error::Truncated { need: received.len });
        }
        Ok((received.len, received.nsid))
    }

    fn read(
        &mut self,
        seq: u32,
        expect: Expect,
        each: &mut dyn FnMut(MessageRef<'_>),
    ) -> Result<Exchange, Error> {
        let mut exchange = Exchange::new(seq, self.transport.portid(), expect);
        let mut lost = None;
        loop {
            let len = match self.receive() {
                Ok((len, _)) => len,
                // The rest of a dump still follows; leaving it in the socket would answer the next request.
                Err(Error::Truncated { need }) if expect == Expect::Dump => {
                    lost = Some(need);
                    continue;
                }
                Err(e) => return Err(e),
            };
            for message in Messages::new(self.answer.get(..len).unwrap_or_default()) {
                match exchange.accept(message?) {
                    Step::Foreign => {}
                    Step::Data(message) => each(message),
                    Step::Last(message) => {
                        each(message);
                        return Ok(exchange);
                    }
                    Step::End => {
                        return match lost {
                            Some(need) => Err(Error::Truncated { need }),
                            None => Ok(exchange),
                        };
                    }
                    Step::Refused(refusal) => return Err(self.explain(refusal, 0).into()),
                    Step::Overrun => return Err(Error::Overrun),
                    Step::Broken(e) => return Err(e.into()),
                }
            }
        }
    }

    fn read_batch(
        &mut self,
        first: u32,
        last: usize,
        refused: &mut dyn FnMut(usize, KernelError),
    ) -> Result<(), Error> {
        loop {
            let (len, _) = self.receive()?;
            let answers = self.answer.get(..len).unwrap_or_default();
            for message in Messages::new(answers) {
                let message = message?;
                let index = message.header.seq.wrapping_sub(first) as usize;
                if index > last {
                    continue;
                }
                let (seq, portid) = (message.header.seq, self.transport.portid());
                match Exchange::new(seq, portid, Expect::Ack).accept(message) {
                    Step::End => {}
                    Step::Refused(refusal) => refused(index, self.explain(refusal, index)),
                    Step::Overrun => return Err(Error::Overrun),
                    Step::Broken(e) => return Err(e.into()),
                    Step::Foreign | Step::Data(_) | Step::Last(_) => continue,
                }
                if index == last {
                    return Ok(());
                }
            }
        }
    }

    /// Names the attribute that a refusal's offset points at.
    fn explain(&self, mut refusal: KernelError, index: usize) -> KernelError {
        let sent = self.request.get(..self.sent).unwrap_or_default();
        if let Some(Ok(request)) = Messages::new(sent).nth(index) {
            refusal.request = request.header.kind;
            refusal.attribute = refusal
                .offset
                .and_then(|offset| schema::locate(request, offset as usize));
        }
        refusal
    }
}

/// The messages of a dump, kept.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    bytes: Vec<u8>,
    interrupted: bool,
}

impl Collected {
    fn push(&mut self, message: MessageRef<'_>) {
        use zerocopy::IntoBytes;
        self.bytes.extend_from_slice(message.header.as_bytes());
        self.bytes.extend_from_slice(message.body);
        self.bytes.resize(crate::wire::align(self.bytes.len()), 0);
    }

    /// Each message, in the kernel's order.
    pub fn messages(&self) -> impl Iterator<Item = MessageRef<'_>> {
        Messages::new(&self.bytes).map_while(Result::ok)
    }

    /// Whether, in spite of several attempts, it is not one consistent picture.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupted
    }
}

impl Connection<Socket> {
    /// A `NETLINK_ROUTE` connection to the calling thread's network namespace.
    ///
    /// # Errors
    /// [`Error::Io`] of opening the socket.
    pub fn route() -> Result<Self, Error> {
        Socket::route().map(Self::new).map_err(Error::io("socket"))
    }
}
