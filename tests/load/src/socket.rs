//! The least that a WebSocket client (RFC 6455) can be: thousands of them fit into one process.

use std::io;
use std::net::{IpAddr, SocketAddr};

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// What a server's frame may take, bytes; more is not of this protocol.
const LONGEST: usize = 16 * 1024;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;

/// An open WebSocket.
pub struct Socket {
    stream: TcpStream,
    received: BytesMut,
}

/// What was heard on it.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// A text frame's payload.
    Text(Bytes),
    /// The server closed with this code; 1005 is for none.
    Closed(u16),
    /// The connection ended without a word.
    Cut,
}

/// Where to connect, from where, and with what.
pub struct Door<'a> {
    /// The server.
    pub address: SocketAddr,
    /// The client's own address: each has some 28,000 ports.
    pub source: IpAddr,
    /// The path.
    pub path: &'a str,
    /// Further header lines, each with its line end.
    pub headers: &'a str,
}

impl Socket {
    /// Connects and shakes hands.
    ///
    /// # Errors
    /// The connection failed, or the answer was not 101.
    pub async fn open(door: &Door<'_>) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        if door.source != door.address.ip() {
            socket.bind((door.source, 0).into())?;
        }
        let mut stream = socket.connect(door.address).await?;
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
            door.path, door.address, door.headers
        );
        stream.write_all(request.as_bytes()).await?;
        let mut received = BytesMut::new();
        let head = loop {
            if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                break received.split_to(end + 4);
            }
            if stream.read_buf(&mut received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        if head.starts_with(b"HTTP/1.1 101") {
            Ok(Self { stream, received })
        } else {
            let head = String::from_utf8_lossy(&head);
            Err(io::Error::other(
                head.lines().next().unwrap_or_default().to_owned(),
            ))
        }
    }

    /// The next text, or the end. Pings are answered on the way.
    pub async fn next(&mut self) -> Heard {
        loop {
            match take(&mut self.received) {
                Some((TEXT, payload)) => return Heard::Text(payload),
                Some((CLOSE, mut payload)) => {
                    return Heard::Closed(payload.try_get_u16().unwrap_or(1005));
                }
                Some((PING, payload)) => {
                    if self.stream.write_all(&pong(&payload)).await.is_err() {
                        return Heard::Cut;
                    }
                }
                Some(_) => {}
                None => match self.stream.read_buf(&mut self.received).await {
                    Ok(1..) if self.received.len() <= LONGEST => {}
                    _ => return Heard::Cut,
                },
            }
        }
    }
}

/// Takes a whole frame, if there is one: its opcode and payload. A server's frames are not masked.
fn take(received: &mut BytesMut) -> Option<(u8, Bytes)> {
    let &[first, second, ..] = &received[..] else {
        return None;
    };
    let (head, length) = match second & 0x7F {
        126 => (4, usize::from(received.get(2..4)?.get_u16())),
        127 => (10, usize::try_from(received.get(2..10)?.get_u64()).ok()?),
        short => (2, usize::from(short)),
    };
    if received.len() < head + length {
        return None;
    }
    received.advance(head);
    Some((first & 0x0F, received.split_to(length).freeze()))
}

/// A client's frames are masked; a mask of zeros leaves the payload as it is.
fn pong(payload: &[u8]) -> Vec<u8> {
    // A control frame's payload is at most 125 bytes.
    let length = payload.len().min(125);
    let mut frame = vec![
        0x80 | PONG,
        0x80 | u8::try_from(length).unwrap_or(125),
        0,
        0,
        0,
        0,
    ];
    frame.extend_from_slice(&payload[..length]);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_taken_when_they_are_whole() {
        let long = [b'x'; 200];
        let mut wire = vec![0x81, 2, b'h', b'i', 0x81, 126, 0, 200];
        wire.extend_from_slice(&long);
        wire.extend_from_slice(&[0x88, 2, 0x11, 0x31]);
        let mut received = BytesMut::new();
        let mut frames = Vec::new();
        for byte in wire {
            received.extend_from_slice(&[byte]);
            frames.extend(take(&mut received));
        }
        let expected: [(u8, &[u8]); 3] = [(TEXT, b"hi"), (TEXT, &long), (CLOSE, &[0x11, 0x31])];
        assert_eq!(frames.len(), expected.len());
        for ((opcode, payload), (kind, bytes)) in frames.iter().zip(expected) {
            assert_eq!((*opcode, &payload[..]), (kind, bytes));
        }
    }

    #[test]
    fn pongs_carry_what_the_ping_did() {
        assert_eq!(pong(b"ab"), [0x8A, 0x82, 0, 0, 0, 0, b'a', b'b']);
    }
}
