//! The size and theme of the page, screenshots, and checks of its accessibility and layout.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{Page, screenshots};

impl Page {
    /// Resizes the window so that the page itself has this size, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let inner = || -> (u32, u32) {
            let size = self.script("return [innerWidth, innerHeight]", &[]);
            serde_json::from_value(size).expect("two whole numbers")
        };
        let mut frame = (0, 0);
        self.wait_for(&format!("a window of {width} by {height}"), (width, height), || {
            let seen = inner();
            if seen != (width, height) {
                let outer = (width + frame.0, height + frame.1);
                self.session().resize(outer.0, outer.1).unwrap_or_else(|error| panic!("{outer:?}: {error}"));
                let seen = inner();
                frame = (outer.0.saturating_sub(seen.0), outer.1.saturating_sub(seen.1));
            }
            inner()
        });
    }

    /// Chooses the theme in the View menu: `light`, `dark` or `system`.
    pub(crate) fn theme(&self, name: &str) {
        if !self.shows("#view-menu") {
            self.click("button[data-action='view']");
        }
        self.wait_until_shown("#view-menu");
        self.click(&format!("#view-menu button[data-theme='{name}']"));
        let wanted = (name != "system").then(|| name.to_owned());
        self.wait_for("the theme", wanted, || self.attribute("html", "data-theme"));
        if self.shows("#view-menu") {
            self.press(super::Key::Escape);
        }
        self.wait_until_gone("#view-menu");
    }

    /// Saves a screenshot.
    pub(crate) fn screenshot(&self, name: &str) {
        let folder = screenshots();
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let path = folder.join(format!("{name}-{}.png", self.browser().name()));
        let picture = self.session().picture().unwrap_or_else(|error| panic!("no picture {name}: {error}"));
        fs::write(&path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Fails with the violations that axe-core finds on the page in its present state, in the light and in the dark
    /// theme.
    pub(crate) fn check_accessibility(&self, view: &str) {
        // Through the driver, since the page's content security policy would refuse the script.
        if !self.truth("window.axe") {
            let axe = axe();
            let checker =
                fs::read_to_string(&axe).unwrap_or_else(|error| panic!("{}: {error}", axe.display()));
            self.script(&checker, &[]);
        }
        let violations = self
            .session()
            .script_awaited(include_str!("scripts/axe.js"), Vec::new())
            .unwrap_or_else(|error| panic!("axe-core did not run on {view}: {error}"));
        assert_eq!(violations, json!([]), "axe-core on {view}: {}", readable(&violations));
    }

    /// The role and the name of each node in Chromium's accessibility tree.
    pub(crate) fn accessibility_tree(&self) -> Vec<(String, String)> {
        let tree = self.session().chromium("Accessibility.getFullAXTree", json!({}));
        let tree = tree.unwrap_or_else(|error| panic!("no accessibility tree: {error}"));
        let nodes = tree["nodes"].as_array().expect("a list of nodes").iter();
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        nodes
            .filter(|it| it["ignored"] == json!(false))
            .map(|it| (text(&it["role"]), text(&it["name"])))
            .collect()
    }

    /// Fails if the page is wider than the window.
    pub(crate) fn check_nothing_sticks_out(&self, view: &str) {
        let overflow = self.script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]",
            &[],
        );
        let [content, window]: [u32; 2] = serde_json::from_value(overflow).expect("two widths");
        assert!(content <= window, "{view}: the page is {content} px wide in a window of {window} px");
    }
}

/// The path of axe-core, as published to npm.
fn axe() -> PathBuf {
    let axe = env::var_os("GLOSSATOR_AXE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js"),
        PathBuf::from,
    );
    assert!(axe.is_file(), "no axe-core at {}: run `cargo xtask test`, or set GLOSSATOR_AXE", axe.display());
    axe
}

fn readable(violations: &Value) -> String {
    let lines = violations.as_array().into_iter().flatten().map(|violation| {
        format!(
            "\n  {} ({}): {} at {}",
            violation["id"], violation["impact"], violation["help"], violation["at"]
        )
    });
    lines.collect()
}
