//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Why a text names no database that can be used here. The text itself is never quoted: it may
/// hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Another scheme, or none.
    #[error(
        "a database is named sqlite://folder/file.db or postgres://user:password@host/database"
    )]
    Scheme,
    /// `sqlite://` with nothing, a memory database, or URI parameters after it.
    #[error(
        "after sqlite:// comes the path of a file: relative as in sqlite://data/terra-view.db, \
         absolute as in sqlite:///var/lib/terra-view.db; there are no parameters, and a database \
         in memory cannot be shared between connections"
    )]
    SqlitePath,
    /// A PostgreSQL URL that does not say which database.
    #[error("the URL ends without a database: postgres://user:password@host:5432/database")]
    NoDatabase,
    /// A host or port that cannot be one; often a `/`, `?`, `#` or `@` in a password.
    #[error(
        "the host is a name or an address, a port is a number from 1 to 65535; \
         in a password '/' is written %2F, '?' %3F, '#' %23, '@' %40 and '%' %25"
    )]
    Host,
    /// A parameter that is no `name=value`.
    #[error("parameters are written name=value and joined by '&'")]
    Parameter,
    /// TLS was asked for.
    #[error(
        "this program speaks to PostgreSQL without TLS: take sslmode={0} out of the URL and use a \
         Unix socket, the same machine or a private link"
    )]
    Tls(String),
}

/// The address of a database: a SQLite file or a PostgreSQL server. Printing it never shows a
/// password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub(crate) Place);

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The file, as given.
    Sqlite(PathBuf),
    /// The URL, as libpq reads it.
    PostgreSql(String),
}

impl DatabaseUrl {
    /// The address of a SQLite file.
    pub fn sqlite(file: impl AsRef<Path>) -> Self {
        Self(Place::Sqlite(file.as_ref().to_owned()))
    }

    /// The engine's name, as people write it.
    pub fn engine(&self) -> &'static str {
        match self.0 {
            Place::Sqlite(_) => "SQLite",
            Place::PostgreSql(_) => "PostgreSQL",
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            sqlite_path(path).map(|path| Self(Place::Sqlite(path)))
        } else if let Some(rest) = postgres_rest(text) {
            check_postgres(rest)?;
            Ok(Self(Place::PostgreSql(text.to_owned())))
        } else {
            Err(DatabaseUrlError::Scheme)
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Place::PostgreSql(url) => {
                // Parameters may hold a password too; none is worth printing.
                let address = url
                    .split_once('?')
                    .map_or(url.as_str(), |(address, _)| address);
                let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
                match rest.split_once('@') {
                    Some((account, place)) => {
                        let user = account.split_once(':').map_or(account, |(user, _)| user);
                        write!(f, "{scheme}://{user}@{place}")
                    }
                    None => write!(f, "{scheme}://{rest}"),
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

fn sqlite_path(path: &str) -> Result<PathBuf, DatabaseUrlError> {
    let names_a_file = !path.is_empty() && !path.ends_with('/') && !path.contains(":memory:");
    if names_a_file && !path.contains(['?', '#', '\0']) {
        Ok(path.into())
    } else {
        Err(DatabaseUrlError::SqlitePath)
    }
}

fn postgres_rest(text: &str) -> Option<&str> {
    text.strip_prefix("postgres://")
        .or_else(|| text.strip_prefix("postgresql://"))
}

/// Everything that libpq would complain of while quoting pieces of the URL is refused here.
fn check_postgres(rest: &str) -> Result<(), DatabaseUrlError> {
    if rest.contains(['\0', ' ', '#']) {
        return Err(DatabaseUrlError::Host);
    }
    let (address, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = address
        .split_once('/')
        .ok_or(DatabaseUrlError::NoDatabase)?;
    let hosts = match authority.split('@').collect::<Vec<_>>().as_slice() {
        [hosts] | [_, hosts] => *hosts,
        _ => return Err(DatabaseUrlError::Host),
    };
    // An '@' further on belongs to a password in which a '/' or '?' stands as itself.
    let is_torn = database.contains(['/', '@']) || parameters.contains('@');
    if !hosts.split(',').all(is_host) || is_torn {
        return Err(DatabaseUrlError::Host);
    }
    if database.is_empty() {
        return Err(DatabaseUrlError::NoDatabase);
    }
    parameters
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .try_for_each(check_parameter)
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`, or nothing, which is the local socket.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
        Some((address, rest)) if address.parse::<std::net::Ipv6Addr>().is_ok() => (address, rest),
        Some(_) => return false,
        None => host.find(':').map_or((host, ""), |at| host.split_at(at)),
    };
    let port_is_right = match port.strip_prefix(':') {
        Some(number) => number.parse::<u16>().is_ok_and(|number| number > 0),
        None => port.is_empty(),
    };
    port_is_right
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | ':'))
}

fn check_parameter(parameter: &str) -> Result<(), DatabaseUrlError> {
    let (name, value) = parameter
        .split_once('=')
        .filter(|(name, value)| !name.is_empty() && !value.contains('='))
        .ok_or(DatabaseUrlError::Parameter)?;
    match (name, value) {
        ("sslmode", "require" | "verify-ca" | "verify-full") => {
            Err(DatabaseUrlError::Tls(value.to_owned()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refusal(text: &str) -> DatabaseUrlError {
        text.parse::<DatabaseUrl>().unwrap_err()
    }

    #[test]
    fn a_sqlite_url_is_the_path_of_a_file() {
        for (text, path) in [
            ("sqlite://data/terra-view.db", "data/terra-view.db"),
            ("sqlite:///var/lib/t.db", "/var/lib/t.db"),
            ("sqlite://a b/100%.db", "a b/100%.db"),
        ] {
            assert_eq!(text.parse(), Ok(DatabaseUrl::sqlite(path)), "{text}");
        }
    }

    #[test]
    fn a_postgresql_url_names_a_host_and_a_database() {
        for text in [
            "postgres://host/db",
            "postgresql://user@host:5433/db",
            "postgres://user:p%2Fw%40@10.0.0.7/db?connect_timeout=3",
            "postgres://user:pw@[::1]:5432/db",
            "postgres://a:5432,b:5433/db",
            "postgres:///db?host=/run/postgresql",
        ] {
            assert_eq!(
                text.parse::<DatabaseUrl>().unwrap().engine(),
                "PostgreSQL",
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_what_would_be_right() {
        use DatabaseUrlError as Refusal;
        for text in [
            "",
            "data/terra-view.db",
            "mysql://host/db",
            "sqlite:x.db",
            "SQLITE://x.db",
        ] {
            assert_eq!(refusal(text), Refusal::Scheme, "{text}");
        }
        for text in [
            "sqlite://",
            "sqlite://data/",
            "sqlite://:memory:",
            "sqlite://x.db?mode=ro",
        ] {
            assert_eq!(refusal(text), Refusal::SqlitePath, "{text}");
        }
        for text in [
            "postgres://host",
            "postgres://host/",
            "postgres://u:p@host/?a=b",
        ] {
            assert_eq!(refusal(text), Refusal::NoDatabase, "{text}");
        }
        for text in [
            "postgres://host:port/db",
            "postgres://host:0/db",
            "postgres://host:65536/db",
            "postgres://[::1/db",
            "postgres://[nonsense]/db",
            "postgres://user:pa/ss@host/db",
            "postgres://user:pa@ss@host/db",
            "postgres://user:pa#ss@host/db",
            "postgres://user:5/pass?x=y@host/db",
            "postgres://user:pa ss@host/db",
        ] {
            assert_eq!(refusal(text), Refusal::Host, "{text}");
        }
        assert_eq!(refusal("postgres://host/db?a"), Refusal::Parameter);
        assert_eq!(
            refusal("postgres://host/db?password=a=b"),
            Refusal::Parameter
        );
        assert_eq!(
            refusal("postgres://host/db?sslmode=require"),
            Refusal::Tls("require".to_owned())
        );
    }

    #[test]
    fn a_password_is_never_printed() {
        let url: DatabaseUrl = "postgres://anna:hunter2@host:5432/db?password=hunter2&x=y"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres://anna@host:5432/db");
        assert_eq!(
            format!("{url:?}"),
            "DatabaseUrl(postgres://anna@host:5432/db)"
        );
        for text in [
            "postgres://anna:hunter2@host:x/db",
            "postgres://anna:hunt/hunter2@host/db",
            "postgress://anna:hunter2@host/db",
            "postgres://anna:hunter2@host",
        ] {
            let refusal = refusal(text);
            assert!(
                !format!("{refusal} {refusal:?}").contains("hunter2"),
                "{refusal}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_is_given_is_taken_or_refused(text in "(sqlite|postgres|postgresql)?(://)?.{0,40}") {
            if let Ok(url) = text.parse::<DatabaseUrl>() {
                prop_assert!(!url.to_string().is_empty());
            }
        }

        #[test]
        fn no_password_is_printed_wherever_it_stands(
            before in "[a-z5/:@?#%=&.]{0,8}",
            after in "[a-z0-9/:@?#%=&.]{0,12}",
        ) {
            let text = format!("postgres://anna:{before}SECRET{after}@host:5432/db");
            let shown = match text.parse::<DatabaseUrl>() {
                Ok(url) => format!("{url} {url:?}"),
                Err(refusal) => format!("{refusal} {refusal:?}"),
            };
            prop_assert!(!shown.contains("SECRET"), "{}", shown);
        }
    }
}
