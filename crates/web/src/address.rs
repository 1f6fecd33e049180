//! Who is asking: the address a lockout or a rate limit counts against.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderName, HeaderValue};
use ipnet::IpNet;

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

/// The text is no list of networks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no network; write addresses or CIDRs such as 10.0.0.0/8, separated by commas")]
pub struct TrustedProxiesError(String);

impl FromStr for TrustedProxies {
    type Err = TrustedProxiesError;

    fn from_str(text: &str) -> Result<Self, TrustedProxiesError> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let network = |part: &str| {
            let address = part.parse::<IpAddr>().map(IpNet::from);
            address
                .or_else(|_no_address| part.parse::<IpNet>())
                .map_err(|_no_network| TrustedProxiesError(part.to_owned()))
        };
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl TrustedProxies {
    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever made the request: the peer's, unless the peer is a trusted proxy; then
/// the right-most hop of `X-Forwarded-For` that is none. What stands further left was written by
/// strangers and is never believed.
pub fn client_address(request: &HttpRequest, trusted: &TrustedProxies) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    forwarded(peer, request.headers().get_all(X_FORWARDED_FOR), trusted)
}

/// The same of a peer and the header's lines.
pub(crate) fn forwarded<'a>(
    peer: IpAddr,
    lines: impl Iterator<Item = &'a HeaderValue>,
    trusted: &TrustedProxies,
) -> IpAddr {
    let lines: Vec<&[u8]> = lines.map(HeaderValue::as_bytes).collect();
    resolve(peer, &lines, trusted)
}

/// The lines are bytes: what a stranger wrote need not be text, and must not take with it the hop
/// that our own proxy put beside it.
fn resolve(peer: IpAddr, forwarded: &[&[u8]], trusted: &TrustedProxies) -> IpAddr {
    let mut address = peer.to_canonical();
    let lines = forwarded.iter().rev();
    for hop in lines.flat_map(|line| line.rsplit(|byte| *byte == b',')) {
        if !trusted.contains(address) {
            break;
        }
        // A hop that cannot be read ends the chain: whoever wrote it is known by the next address.
        let hop = std::str::from_utf8(hop).ok();
        let Some(next) = hop.and_then(|hop| parse_hop(hop.trim())) else {
            break;
        };
        address = next.to_canonical();
    }
    address
}

/// A hop is an address, by some proxies with a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
pub(crate) fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(hop);
    let address = bare.parse::<IpAddr>().ok();
    address.or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn said(peer: IpAddr, forwarded: &[&str], trusted: &TrustedProxies) -> IpAddr {
        let lines: Vec<&[u8]> = forwarded.iter().map(|line| line.as_bytes()).collect();
        resolve(peer, &lines, trusted)
    }

    fn proxies() -> TrustedProxies {
        "127.0.0.1, 10.0.0.0/8,fd00::/8".parse().unwrap()
    }

    #[test]
    fn a_stranger_cannot_name_itself() {
        assert_eq!(
            said(ip("203.0.113.9"), &["198.51.100.1"], &proxies()),
            ip("203.0.113.9")
        );
        assert_eq!(
            said(
                ip("127.0.0.1"),
                &["198.51.100.1"],
                &TrustedProxies::default()
            ),
            ip("127.0.0.1")
        );
    }

    #[test]
    fn the_right_most_hop_that_is_no_proxy_counts() {
        let chain = ["6.6.6.6, 198.51.100.7", "10.1.2.3"];
        assert_eq!(
            said(ip("127.0.0.1"), &chain, &proxies()),
            ip("198.51.100.7")
        );
        let ports = ["6.6.6.6, [2001:db8::7]:443"];
        assert_eq!(said(ip("127.0.0.1"), &ports, &proxies()), ip("2001:db8::7"));
        assert_eq!(
            said(ip("::ffff:127.0.0.1"), &["198.51.100.7:80"], &proxies()),
            ip("198.51.100.7")
        );
    }

    #[test]
    fn an_unreadable_hop_ends_the_chain() {
        for garbage in ["", "unknown", "1.2.3.4.5", "198.51.100.7;", "_hidden"] {
            let chain = ["198.51.100.7", garbage];
            assert_eq!(
                said(ip("127.0.0.1"), &chain, &proxies()),
                ip("127.0.0.1"),
                "{garbage:?}"
            );
        }
        assert_eq!(
            said(ip("127.0.0.1"), &["10.0.0.1, 10.0.0.2"], &proxies()),
            ip("10.0.0.1")
        );
    }

    /// nginx appends the peer's address to the line that came, whatever that was.
    #[test]
    fn bytes_that_are_no_text_hide_nobody() {
        for noise in [&b"\xff"[..], b"caf\xc3\xa9", b"\xe9, 6.6.6.6", b"\x80,\xfe"] {
            let line = [noise, b", 203.0.113.9"].concat();
            assert_eq!(
                resolve(ip("127.0.0.1"), &[&line], &proxies()),
                ip("203.0.113.9")
            );
            let above = [noise, b"203.0.113.9"];
            assert_eq!(
                resolve(ip("127.0.0.1"), &above, &proxies()),
                ip("203.0.113.9")
            );
        }
    }

    #[test]
    fn a_list_of_networks_is_refused_with_the_bad_part() {
        assert_eq!(
            "10.0.0.0/33".parse::<TrustedProxies>().unwrap_err(),
            TrustedProxiesError("10.0.0.0/33".into())
        );
        assert!("".parse::<TrustedProxies>().is_ok());
    }

    proptest! {
        #[test]
        fn nothing_left_of_a_strangers_hop_matters(left in ".{0,60}", hop in any::<[u8; 4]>()) {
            let stranger = IpAddr::from(hop);
            prop_assume!(!proxies().contains(stranger));
            let line = format!("{left}, {stranger}");
            prop_assert_eq!(said(ip("127.0.0.1"), &[&line], &proxies()), stranger);
        }
    }
}
