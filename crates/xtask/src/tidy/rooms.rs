//! Who may know whom: architecture's table of rooms, as far as `use` and Cargo.toml tell.

use serde::Deserialize;

use super::{Finding, source::Source};
use crate::{
    failure::{Failure, Result},
    project, tools,
};

/// Paths that no file of a room may name, and what to do instead.
struct Wall {
    room: &'static str,
    never: &'static [&'static str],
    instead: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        room: "src/components",
        never: &["crate::client", "crate::live", "crate::pages", "crate::session"],
        instead: "a component takes values: let the page fetch and pass them in",
    },
    Wall {
        room: "crates/server/src/store",
        never: &["crate::routes", "crate::actions", "axum"],
        instead: "the store knows the record alone: move what needs this to an action or a route",
    },
    Wall {
        room: "crates/server/src/routes",
        never: &["sqlx::query", "sqlx::query_as", "sqlx::query_scalar", "sqlx::QueryBuilder", "sqlx::Row"],
        instead: "a route holds no SQL: ask a function of the store",
    },
    Wall {
        room: "crates/server/src/actions",
        never: &["crate::routes", "axum"],
        instead: "an action serves jobs and tests too: leave HTTP to the route",
    },
    Wall {
        room: "crates/billing/src",
        never: &["std::fs", "std::net", "std::time::SystemTime", "std::time::Instant", "std::env"],
        instead: "the engine takes every fact as an argument: hand this in from outside",
    },
];

/// What a crate must never depend on.
const STRANGERS: &[(&str, &[&str])] = &[
    ("billing", &["api", "words", "green-button", "server", "axum", "sqlx", "leptos", "tokio", "getrandom"]),
    ("green-button", &["api", "billing", "words", "server", "axum", "sqlx", "leptos", "tokio"]),
    ("api", &["words", "green-button", "server", "axum", "sqlx", "leptos", "tokio"]),
    ("words", &["server", "axum", "sqlx", "leptos", "tokio"]),
    ("adad-portal", &["server", "axum", "sqlx", "tokio"]),
    ("server", &["adad-portal", "leptos", "leptos_router"]),
];

/// The walls between modules.
pub(super) fn of_paths(source: &Source) -> Vec<Finding> {
    let of_room = |wall: &Wall| {
        let paths = source.paths();
        let over = paths.iter().filter(|(path, _)| wall.never.iter().any(|never| is_below(path, never)));
        over.map(|(path, line)| {
            let says = format!("`{path}` must not be named in {}: {}", wall.room, wall.instead);
            Finding::new(&source.path, *line, says)
        })
        .collect::<Vec<_>>()
    };
    let inside =
        |wall: &&Wall| source.path.strip_prefix(wall.room).is_some_and(|rest| rest.starts_with(['/', '.']));
    WALLS.iter().filter(inside).flat_map(of_room).collect()
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[derive(Deserialize)]
struct Workspace {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: std::path::PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// The walls between crates.
pub(super) fn of_crates() -> Result<Vec<Finding>> {
    let answer = tools::output(tools::cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let workspace: Workspace = serde_json::from_str(&answer)
        .map_err(|error| Failure::says(format!("`cargo metadata` answers strangely: {error}")))?;
    Ok(workspace.packages.iter().flat_map(strangers_in).collect())
}

fn strangers_in(package: &Package) -> Vec<Finding> {
    let strangers =
        STRANGERS.iter().find(|(name, _)| *name == package.name).map_or(&[][..], |(_, strangers)| strangers);
    let is_stranger = |name: &str| strangers.contains(&name) || name == "xtask";
    let used = package.dependencies.iter().filter(|used| used.kind.as_deref() != Some("dev"));
    used.filter(|used| is_stranger(&used.name))
        .map(|used| {
            let says = format!("{} must never know {}: remove the dependency", package.name, used.name);
            Finding::new(&project::name_of(&package.manifest_path), 1, says)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_stands_in_its_room_alone() {
        for (path, text, lines) in [
            ("src/components/a.rs", "use crate::client::send;", &[1][..]),
            ("src/components.rs", "use crate::{format, pages};", &[1]),
            ("src/pages/a.rs", "use crate::client::send;", &[]),
            ("src/components/a.rs", "use crate::clients::send;", &[]),
            ("crates/server/src/store/bills.rs", "fn a() {\n    axum::serve();\n}", &[2]),
            ("crates/server/src/routes/bills.rs", "use sqlx::Row;", &[1]),
        ] {
            let source = Source::parse(path, text).unwrap();
            let found: Vec<_> = of_paths(&source).iter().map(|finding| finding.line).collect();
            assert_eq!(found, lines, "{path}: {text}");
        }
    }

    #[test]
    fn the_engine_may_not_depend_on_the_wire() {
        let package = |name: &str, kind: Option<&str>| Package {
            name: "billing".into(),
            manifest_path: "Cargo.toml".into(),
            dependencies: vec![Dependency { name: name.into(), kind: kind.map(Into::into) }],
        };
        assert_eq!(strangers_in(&package("api", None)).len(), 1);
        assert_eq!(strangers_in(&package("api", Some("dev"))).len(), 0);
        assert_eq!(strangers_in(&package("serde", None)).len(), 0);
        assert_eq!(strangers_in(&package("xtask", None)).len(), 1);
    }
}
