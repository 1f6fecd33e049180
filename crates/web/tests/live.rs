//! Viewers over real sockets: one that reads nothing, and one that says too much.
#![cfg(test)]

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, web as actix};
use futures_util::StreamExt;
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use web::live::{CloseCode, Handshake, Hub, LiveLimits, TextFrame, ViewerTimes};

/// A frame so large that a few fill every buffer on the way.
const FRAME: usize = 60_000;

#[derive(Clone)]
struct Stage {
    hub: Hub<u8>,
    newest: watch::Receiver<usize>,
}

async fn view(
    request: HttpRequest,
    payload: actix::Payload,
    stage: actix::Data<Stage>,
) -> Result<HttpResponse, Error> {
    let handshake = Handshake::of(&request)?;
    let mut newest = stage.newest.clone();
    let speak = |publisher: web::live::Publisher| async move {
        while newest.changed().await.is_ok() {
            let number = *newest.borrow_and_update();
            publisher.publish(TextFrame::new(format!("{number:>FRAME$}")));
        }
    };
    let place = stage
        .hub
        .join("session", 0, speak)
        .map_err(web::WebError::from)?;
    let minute = Duration::from_mins(1);
    let times = ViewerTimes {
        ping_every: minute,
        stay: minute,
        farewell: CloseCode::Paused,
    };
    Ok(handshake.accept(payload.into_inner(), place, (), times))
}

fn serve() -> (Hub<u8>, watch::Sender<usize>, SocketAddr) {
    let hub = Hub::start(LiveLimits {
        viewers: 10,
        per_session: 10,
    })
    .unwrap();
    let (publish, newest) = watch::channel(0);
    let stage = actix::Data::new(Stage {
        hub: hub.clone(),
        newest,
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(stage.clone())
            .route("/", actix::get().to(view))
    })
    .workers(1)
    .disable_signals()
    .bind("127.0.0.1:0")
    .unwrap();
    let address = server.addrs()[0];
    actix_rt::spawn(server.run());
    (hub, publish, address)
}

/// A socket that takes little before its window closes.
fn narrow(address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(&address.into()).unwrap();
    socket.set_nonblocking(true).unwrap();
    TcpStream::from_std(socket.into()).unwrap()
}

#[actix_rt::test]
async fn a_viewer_that_never_reads_loses_frames_and_delays_nobody() {
    let (hub, publish, address) = serve();
    let url = format!("ws://{address}/");
    let (_deaf, _) = client_async(&url, narrow(address)).await.unwrap();
    let (mut viewer, _) = client_async(&url, TcpStream::connect(address).await.unwrap())
        .await
        .unwrap();
    for number in 1..=200_usize {
        publish.send(number).unwrap();
        // The next is published only when this one has come: the deaf viewer is stuck meanwhile.
        let Some(Ok(Message::Text(text))) = viewer.next().await else {
            panic!("the socket ended")
        };
        assert_eq!(text.trim(), number.to_string());
    }
    let counters = hub.counters();
    assert_eq!(
        (counters.viewers, counters.skipped),
        (2, 0),
        "a viewer that is not asked skips nothing yet"
    );
    assert!(
        counters.frames < 350,
        "the deaf viewer was given {} frames",
        counters.frames - 200
    );
}

#[actix_rt::test]
async fn a_frame_without_end_is_refused_before_it_fills_the_memory() {
    let (_hub, _publish, address) = serve();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let head = "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 101");
    // A masked binary frame that declares 2^62 bytes, of which two thousand come.
    let declared = (1_u64 << 62).to_be_bytes();
    let frame = [&[0x82, 0xff][..], &declared, &[1, 2, 3, 4], &[0; 2000]].concat();
    socket.write_all(&frame).await.unwrap();
    let mut rest = Vec::new();
    socket.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(&[0x88, 2, 0x03, 0xea]), "closed with 1002");
}
