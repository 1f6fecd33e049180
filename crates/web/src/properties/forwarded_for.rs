//! `X-Forwarded-For`, by which a stranger would like to be somebody else.

use std::net::IpAddr;
use std::sync::LazyLock;

use actix_web::http::header::HeaderValue;
use auth::subscriber;

use crate::address::{TrustedProxies, forwarded, parse_hop};

const NETWORKS: &str = "127.0.0.1,10.0.0.0/8,fd00::/8";
static TRUSTED: LazyLock<TrustedProxies> = LazyLock::new(|| NETWORKS.parse().unwrap_or_default());

/// The same networks by hand.
fn is_trusted(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => matches!(address.octets(), [127, 0, 0, 1] | [10, ..]),
        IpAddr::V6(address) => matches!(address.octets(), [0xfd, ..]),
    }
}

/// The first line is the peer, the others are the header's. No stranger's header is believed,
/// whatever stands left of what our own proxy wrote; and a proxy is told as the client only where
/// nothing else was said.
pub fn forwarded_for(bytes: &[u8]) {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let peer = std::str::from_utf8(first).ok();
    let peer = peer.and_then(|text| text.trim().parse::<IpAddr>().ok());
    let said = bytes.get(first.len() + 1..).unwrap_or_default();
    let lines = super::lines(said);
    if let Some(peer) = peer {
        hold_found(peer, &lines);
    }
    hold_behind_proxy(said, &lines);
}

fn found(peer: IpAddr, lines: &[HeaderValue]) -> IpAddr {
    forwarded(peer, lines.iter(), &TRUSTED)
}

/// What is found is the peer or a hop, in one form, and no proxy unless all are that could be read.
fn hold_found(peer: IpAddr, lines: &[HeaderValue]) {
    let address = found(peer, lines);
    assert_eq!(address, address.to_canonical(), "an address has one form");
    assert_eq!(subscriber(subscriber(address)), subscriber(address));
    let peer = peer.to_canonical();
    if !is_trusted(peer) {
        assert_eq!(address, peer, "a stranger names nobody");
    }
    if address != peer {
        assert!(
            hops(lines).any(|hop| read(&hop) == Some(address)),
            "{address} was said"
        );
    }
    if is_trusted(address) {
        let mut strangers = hops(lines).map(|hop| read(&hop));
        let first = strangers.find(|hop| !hop.is_some_and(is_trusted));
        assert!(
            !matches!(first, Some(Some(_))),
            "{first:?} is the client, not {address}"
        );
    }
}

/// Behind our proxy it is the proxy's word that counts, which it puts at the end: of the last line,
/// or in a line of its own.
fn hold_behind_proxy(said: &[u8], lines: &[HeaderValue]) {
    let proxy = IpAddr::from([127, 0, 0, 1]);
    for client in ["203.0.113.9", "2001:db8::9", "198.51.100.7:4711"] {
        let expected = read(client);
        let own = HeaderValue::from_str(client).ok();
        let after: Vec<HeaderValue> = lines.iter().cloned().chain(own).collect();
        assert_eq!(Some(found(proxy, &after)), expected);
        let joined = [said, b", ", client.as_bytes()].concat();
        let last = joined.rsplit(|byte| *byte == b'\n').next();
        // With a control character in it no server takes the request.
        if last.is_some_and(|line| HeaderValue::from_bytes(line).is_ok()) {
            let joined = super::lines(&joined);
            assert_eq!(Some(found(proxy, &joined)), expected, "{joined:?}");
        }
    }
}

/// The hops from right to left.
fn hops(lines: &[HeaderValue]) -> impl Iterator<Item = String> {
    let hops = |line: &HeaderValue| {
        let text = String::from_utf8_lossy(line.as_bytes()).into_owned();
        let hops: Vec<String> = text.rsplit(',').map(|hop| hop.trim().to_owned()).collect();
        hops
    };
    lines.iter().rev().flat_map(hops)
}

fn read(hop: &str) -> Option<IpAddr> {
    parse_hop(hop).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_forwarded_for() {
        fuzzkit::bounded("forwarded_for", super::forwarded_for);
    }
}
