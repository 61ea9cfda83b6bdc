//! Splits the app's module into the part that the first view needs and the part that the page loads later.
//!
//! The source marks where: `#[wasm_split(lazy)]` in `src/ui/feature.rs`. What only that function uses goes into the second
//! module. Both share one memory and one table of functions.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

use crate::command::run;
use crate::project::Project;
use crate::tools::WebTools;

/// The name of the script that the splitter writes, which becomes a part of the app's script.
const LINK: &str = "./link.js";

/// How the splitter names the second module.
const LAZY: &str = "split_lazy.wasm";

/// Splits `compiled`, the module as rustc wrote it, and puts the modules and their script in the place of those in
/// `dist`. Returns the path of the second module.
pub(crate) fn split(
    project: &Project,
    tools: &WebTools,
    compiled: &Path,
    wasm: &Path,
    script: &Path,
) -> Result<PathBuf> {
    let folder = project.root.join("target").join("split");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;

    let whole = fs::read(compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let main = folder.join("main.wasm");
    let name = script.file_stem().and_then(|it| it.to_str()).context("the app's script has no name")?;
    let app = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = &app;
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|problem| anyhow!("the module cannot be split: {problem:#}"))?;
    ensure!(
        matches!(parts.split_modules.as_slice(), [one] if one.ends_with(LAZY)),
        "the module was split into other parts than expected: {:?}",
        parts.split_modules
    );

    let bound = folder.join("bound");
    let mut bind = project.command(tools.wasm_bindgen());
    // The second module imports the table of functions.
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name])
        .arg("--out-dir")
        .arg(&bound);
    run(bind.arg(&main))?;

    let lazy = wasm.with_file_name(format!("{name}_lazy.wasm"));
    let read = |path: PathBuf| {
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let lazy_name = lazy.file_name().and_then(|it| it.to_str()).context("the second module has no name")?;
    let words =
        with_link(&read(bound.join(format!("{name}.js")))?, &read(folder.join("link.js"))?, &app, lazy_name)?;
    let place = |from: PathBuf, to: &Path| {
        fs::copy(&from, to).map(drop).with_context(|| format!("{} cannot be written", to.display()))
    };
    place(bound.join(format!("{name}_bg.wasm")), wasm)?;
    place(folder.join(LAZY), &lazy)?;
    fs::write(script, words).with_context(|| format!("{} cannot be written", script.display()))?;
    Ok(lazy)
}

/// The app's script with the splitter's in it. As a file of its own, that one would delay the start by a request.
fn with_link(app: &str, link: &str, app_path: &str, lazy_name: &str) -> Result<String> {
    let import = format!("import * as import1 from \"{LINK}\"\n");
    let app = replaced(app, &import, "")?;
    let link = replaced(link, &format!("import {{ initSync }} from \"{app_path}\";\n"), "")?;
    let link = replaced(&link, "export const __wasm_split_load_lazy", "const __wasm_split_load_lazy")?;
    let link = replaced(&link, &format!("./{LAZY}"), &format!("./{lazy_name}"))?;
    // Works on hosts that send a wrong MIME type, too.
    let link = replaced(
        &link,
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    )?;
    Ok(format!("{app}\n{link}\nconst import1 = {{ __wasm_split_load_lazy }};\n"))
}

/// The text with another in the place of a part that it has once.
fn replaced(text: &str, part: &str, by: &str) -> Result<String> {
    ensure!(
        text.matches(part).count() == 1,
        "the splitter or wasm-bindgen no longer writes “{}”",
        part.trim()
    );
    Ok(text.replacen(part, by, 1))
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::with_link;

    const LINK: &str = r#"import { initSync } from "./app.js";

export const __wasm_split_load_lazy = load(() => {
    const src = fetch(new URL("./split_lazy.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
});
"#;

    #[test]
    fn both_scripts_become_one() -> Result<()> {
        let app =
            "import * as import1 from \"./link.js\"\n\nexport function initSync() { return import1; }\n";
        let one = with_link(app, LINK, "./app.js", "app_lazy.wasm")?;
        assert!(!one.contains("import *") && !one.contains("from"), "{one}");
        assert!(one.contains("\"./app_lazy.wasm\"") && !one.contains("Streaming"), "{one}");
        assert!(one.ends_with("const import1 = { __wasm_split_load_lazy };\n"), "{one}");
        Ok(())
    }

    #[test]
    fn an_unknown_script_is_an_error() {
        assert!(with_link("other", LINK, "./app.js", "app_lazy.wasm").is_err());
    }
}
