//! The demo, from a clone to a page that moves: built, filled, served, fed.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde::Deserialize;

use crate::{
    dist,
    failure::{Failure, Result},
    files, project,
    tools::{self, Running, stop},
};

const PORT: u16 = 8080;
const STARTS_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What the words after `run` ask for.
struct Ask {
    port: u16,
    opens_browser: bool,
}

/// `cargo xtask run`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let ask = parse(words)?;
    stop::listen()?;
    need_port(ask.port)?;
    tools::need_c_compiler()?;
    dist::ensure()?;
    let adad = build()?;
    let server = Server { adad, port: ask.port };
    println!("Filling the demo's record (only the first time takes a moment) ...");
    tools::run(&mut server.command(&["seed"]))?;
    let mut serving = server.start()?;
    let address = format!("http://localhost:{}", ask.port);
    let feeding = Running::start(server.command(&["feed", "--all-demo", "--server", &server.origin()]))?;
    tell(&address)?;
    if ask.opens_browser {
        open(&address);
    }
    let ended = wait(&mut serving);
    drop(feeding);
    drop(serving);
    ended
}

fn parse(words: &[String]) -> Result<Ask> {
    let mut ask = Ask { port: PORT, opens_browser: true };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--no-open" => ask.opens_browser = false,
            "--port" => {
                let port = words.next().and_then(|port| port.parse().ok());
                ask.port = port.ok_or_else(|| Failure::says("--port takes a number from 1 to 65535"))?;
            }
            _ => {
                let says = format!("`cargo xtask run` takes --port NUMBER and --no-open, not `{word}`");
                return Err(Failure::says(says));
            }
        }
    }
    Ok(ask)
}

/// Before minutes are spent on building: is the port free?
fn need_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Failure::says(format!(
            "Port {port} is in use, perhaps by an earlier `cargo xtask run`: end that program, \
             or choose another port with `cargo xtask run --port {}`.",
            port.checked_add(1).unwrap_or(PORT)
        ))),
        Err(error) => Err(Failure::says(format!(
            "Port {port} cannot be used ({error}): choose another with `cargo xtask run --port NUMBER`."
        ))),
    }
}

/// Builds the server for release and gives its path.
pub(crate) fn build() -> Result<PathBuf> {
    println!("Building the server ...");
    tools::run(tools::cargo().args(["build", "--release", "--package", "server", "--bin", "adad"]))?;
    Ok(project::target().join("release/adad"))
}

/// Where the demo runs.
struct Server {
    adad: PathBuf,
    port: u16,
}

impl Server {
    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `adad` with its record under `data/`.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.adad);
        command.args(words).args(["--database-url", "sqlite:data/adad.db"]).current_dir(project::root());
        command
    }

    /// Starts serving and waits until the server answers.
    fn start(&self) -> Result<Running> {
        let listen = format!("127.0.0.1:{}", self.port);
        // Browsers come back from paying to the address that they know.
        let url = format!("http://localhost:{}", self.port);
        let serve = ["serve", "--demo", "--listen", &listen, "--portal", "dist", "--public-url", &url];
        let mut serving = Running::start(self.command(&serve))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let begun = Instant::now();
        while TcpStream::connect_timeout(&address, LOOK_EVERY).is_err() {
            if serving.has_ended()? || begun.elapsed() > STARTS_WITHIN {
                return Err(Failure::says("The server did not start; its own words are above."));
            }
            thread::sleep(LOOK_EVERY);
        }
        Ok(serving)
    }
}

#[derive(Deserialize)]
struct Demo {
    account: Vec<Account>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    property: Property,
}

#[derive(Deserialize)]
struct Property {
    ar: String,
    en: String,
}

/// Prints where to look and how to sign in.
fn tell(address: &str) -> Result<()> {
    let path = project::root().join("crates/server/data/demo.toml");
    let demo: Demo = toml::from_str(&files::read_text(&path)?)
        .map_err(|error| Failure::says(format!("{}: {error}", path.display())))?;
    println!("\n  {address}\n");
    println!("  Sign in with one of these account numbers; the one-time code is printed here.");
    for Account { id, property } in demo.account {
        println!("    {id:<12} {}, {}", property.en, property.ar);
    }
    println!("\n  Ctrl-C ends it.\n");
    Ok(())
}

/// Opens the browser where there is a screen to show it on.
fn open(address: &str) {
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = match std::env::consts::OS {
        "macos" => "open",
        _ if has_screen => "xdg-open",
        _ => return,
    };
    // The address stands on the console: that no browser opens is no failure.
    let opened = Command::new(opener).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    drop::<std::io::Result<Child>>(opened);
}

/// Waits until we are asked to end, or the server ends by itself.
fn wait(serving: &mut Running) -> Result<()> {
    while !stop::asked() {
        if serving.has_ended()? && !stop::asked() {
            return Err(Failure::says("The server ended; its own words are above."));
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}
