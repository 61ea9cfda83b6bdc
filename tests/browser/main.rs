//! The built page in real browsers, with real pointer and key events.
//!
//! `cargo xtask test` provides the browsers, their drivers, axe-core and the built page, and runs these with the rest. One
//! browser alone: `cargo test --features browser-tests --test browser -- firefox::`. What fails leaves a picture and the
//! source of the page among the screenshots.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop at once and say where"
)]
#![allow(clippy::disallowed_methods, reason = "unlike the page, its tests run natively and have a clock")]

mod backup;
mod bench;
mod bounds;
mod commands;
mod cursor;
mod economy;
mod editing;
mod exchange;
mod faults;
mod finding;
mod glimpse;
mod guide;
mod harness;
mod history;
mod keeping;
mod killing;
mod limits;
mod links;
mod looks;
mod older;
mod packs;
mod reading;
mod reshaping;
mod safety;
mod selecting;
mod steps;
mod storing;
mod table;
mod tabs;
mod tagging;
mod texts;
mod touch;
mod trouble;
mod ways;

use std::process::ExitCode;

use harness::scenarios;
use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.iter().any(|it| it == bench::ASKED) {
        return bench::bench(&given);
    }
    // Several parts of names choose all that have any of them; options hold their values, as in `--skip=NAME`.
    let (options, parts): (Vec<_>, Vec<_>) = std::env::args().partition(|it| it.starts_with('-'));
    let parts = parts.get(1..).unwrap_or_default();
    let chosen = scenarios()
        .into_iter()
        .filter(|it| parts.is_empty() || parts.iter().any(|part| it.name().contains(part.as_str())));
    let arguments = Arguments::from_iter(std::iter::once("browser".to_owned()).chain(options));
    let outcome = libtest_mimic::run(&arguments, chosen.collect());
    // What waits for another scenario would outlast its tests.
    harness::close_all();
    harness::tell_attempts();
    outcome.exit_code()
}

scenarios! {
    reading:
        articles_are_exact
        codebook_and_keys_are_a_click_away
        articles_switch_with_their_counts;
    guide:
        the_work_of_the_guide_by_keyboard_alone;
    commands:
        commands_are_found_by_their_names;
    tagging:
        tag_by_bar_and_by_key
        tag_words_paragraphs_and_across
        tag_to_the_very_ends
        selection_is_trimmed_and_kept_inside
        overlapping_annotations_are_all_reachable;
    selecting:
        selections_snap_and_show_it_before
        a_sticky_tag_tags_each_selection;
    cursor:
        the_cursor_visits_the_listed_sentences
        a_session_by_keyboard_alone;
    bounds:
        bounds_are_dragged_and_keep_the_rest;
    touch:
        a_session_by_touch;
    editing:
        focus_goes_both_ways
        retag_and_delete
        notes_are_typed_and_kept
        undo_and_redo_everything
        filter_by_tag
        what_is_given_is_shown
        a_note_being_written_is_not_taken_for_commands;
    reshaping:
        attributes_are_asked_for_and_kept
        annotations_are_merged_split_and_duplicated
        the_same_words_are_tagged_elsewhere
        a_note_comes_before_its_tag;
    history:
        undo_survives_a_reload_and_is_listed
        what_a_tab_leaves_goes_to_the_next;
    keeping:
        reload_keeps_all
        two_tabs_show_each_other
        corrupt_items_are_set_aside;
    storing:
        nothing_is_seen_beside_the_wrong_status
        saved_is_never_seen_beside_an_unsaved_change
        what_local_storage_lost_comes_back
        a_full_local_storage_stops_nothing
        the_storage_panel_tells_what_is_kept
        everything_is_deleted_in_every_tab;
    killing:
        a_killed_browser_keeps_what_it_said_was_saved;
    tabs:
        tabs_that_write_at_once_lose_nothing;
    faults:
        with_any_fault_of_local_storage_the_work_is_saved
        with_any_fault_of_the_database_the_work_goes_on
        what_no_place_takes_is_said_not_to_be_saved;
    older:
        what_version_0_1_0_kept_is_here
        what_the_first_database_kept_is_here
        a_tab_of_version_0_1_0_does_no_harm
        what_a_later_version_keeps_is_left_alone;
    trouble:
        full_storage
        blocked_storage
        absent_storage
        what_could_not_be_read_is_read_again
        a_panic_is_never_a_blank_page;
    exchange:
        export_is_what_is_on_the_page
        import_restores_an_empty_browser
        bad_files_are_told_precisely
        half_good_files_give_their_good_part
        several_files_are_one_import;
    safety:
        nothing_leaves_the_page
        the_policy_refuses_what_is_not_ours
        no_markup_is_ever_interpreted
        a_failed_start_says_so;
    backup:
        a_backup_restores_an_empty_browser
        a_restore_is_shown_first_and_undone_in_one
        a_cut_backup_gives_what_stood_before
        a_person_is_reminded_of_a_backup
        a_chosen_file_is_kept_up_to_date;
    texts:
        texts_of_every_kind_come_in
        own_articles_are_named_ordered_and_removed
        texts_go_to_another_browser_with_an_export
        a_newer_text_takes_its_annotations_along;
    economy:
        an_edit_costs_the_same_among_ten_and_a_thousand
        an_edit_leaves_the_other_highlights_of_its_paragraph_alone
        every_file_is_fetched_once
        all_highlights_are_there_when_asked_for;
    packs:
        many_are_read_from_packs_and_the_latest_counts
        what_is_in_view_is_read_first;
    glimpse:
        what_was_in_view_is_there_before_the_program
        only_text_of_the_same_place_is_shown_before_the_program
        nothing_stands_before_what_is_done
        a_text_that_comes_late_begins_where_it_was_left
        what_was_chosen_holds_before_anything_is_drawn
        a_page_that_nobody_looks_at_waits_for_no_frame
        a_page_that_is_left_on_the_way_stays_where_it_was_left;
    limits:
        files_that_are_too_much_are_refused
        a_long_import_shows_how_far_it_is_and_can_be_cancelled;
    finding:
        search_goes_through_what_it_finds
        search_goes_through_all_articles
        search_has_the_keys_right_after_an_edit;
    table:
        a_table_of_ten_thousand
        the_table_and_the_chart_are_small_too;
    links:
        links_open_what_they_name
        back_leads_to_where_one_was_reading
        links_are_copied;
    looks:
        accessible_in_light_and_dark
        fields_for_files_are_in_no_accessibility_tree
        fits_every_width
        a_crowded_margin_shows_the_focused_card;
}
