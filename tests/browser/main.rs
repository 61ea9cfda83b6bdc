//! Tests of the built page in real browsers, with real pointer and key events.
//!
//! `cargo xtask test` installs the browsers, their drivers and axe-core, builds the page, and runs these tests. To test
//! in one browser alone, run `cargo xtask test browser firefox::`. A failed scenario leaves a screenshot and the source
//! of the page in `target/screenshots`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]
#![allow(clippy::disallowed_methods, reason = "the tests run natively and have a clock")]

mod actions;
mod annotating;
mod appearance;
mod articles;
mod articles_list;
mod backup;
mod bench;
mod bounds;
mod codebook;
mod codebook_attributes;
mod codebook_files;
mod codebook_trees;
mod commands;
mod concurrent_tabs;
mod cursor;
mod depth;
mod editing;
mod failures;
mod glimpse;
mod harness;
mod history;
mod import_export;
mod injection;
mod kills;
mod limits;
mod links;
mod other_versions;
mod own_articles;
mod packs;
mod persistence;
mod picker;
mod printing;
mod readme_session;
mod scaling;
mod search;
mod security;
mod selection;
mod storage;
mod storage_faults;
mod table;
mod tagging;
mod touch;

use std::process::ExitCode;

use harness::scenarios;
use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.iter().any(|it| it == bench::ARGUMENT) {
        return bench::bench(&given);
    }
    // Words select the tests whose names contain any of them. An option includes its value, as in `--skip=NAME`.
    let (options, words): (Vec<_>, Vec<_>) = std::env::args().partition(|it| it.starts_with('-'));
    let words = words.get(1..).unwrap_or_default();
    let chosen = scenarios()
        .into_iter()
        .filter(|it| words.is_empty() || words.iter().any(|word| it.name().contains(word.as_str())));
    let arguments = Arguments::from_iter(std::iter::once("browser".to_owned()).chain(options));
    let outcome = libtest_mimic::run(&arguments, chosen.collect());
    harness::close_idle_browsers();
    harness::print_retries();
    harness::print_slowest();
    outcome.exit_code()
}

scenarios! {
    articles:
        articles_are_shown_character_for_character
        codebook_and_shortcuts_open_by_click_and_key
        switching_articles_shows_their_counts;
    readme_session:
        the_readme_session_works_by_keyboard_alone;
    commands:
        the_palette_finds_commands_by_name;
    picker:
        a_tag_is_found_by_letters_of_its_name
        a_tag_is_found_by_mouse_and_on_a_phone
        a_new_tag_is_made_as_it_is_given
        a_tag_is_named_by_the_selected_words
        a_new_tag_is_named_from_the_bar_and_from_the_palette
        another_tab_offers_a_new_tag
        many_tags_are_filtered_in_a_tree
        the_bar_tells_what_belongs_under_a_tag
        five_hundred_tags_stay_usable;
    codebook:
        a_tag_is_made_by_mouse
        a_tag_is_made_by_keyboard_alone
        tags_are_retired_merged_and_removed
        a_tag_removed_by_another_tab_can_be_brought_back
        tabs_that_edit_different_tags_lose_nothing;
    codebook_trees:
        twenty_tags_are_made_by_mouse
        twenty_tags_are_made_by_keyboard_alone
        five_hundred_tags_are_found_and_changed;
    codebook_attributes:
        attributes_are_made_used_and_removed
        a_merge_shows_what_goes_to_the_notes;
    codebook_files:
        a_codebook_is_exported_in_each_format
        codebooks_of_other_programs_are_imported_by_mouse
        each_tag_of_a_codebook_is_a_choice
        a_codebook_is_imported_by_keyboard
        ready_made_codebooks_replace_or_are_added
        a_bad_codebook_is_refused_or_read_in_part
        unknown_tags_of_an_import_are_offered;
    tagging:
        tagging_by_toolbar_and_by_key
        tagging_words_paragraphs_and_across_paragraphs
        tagging_the_first_and_last_characters
        a_selection_is_trimmed_and_limited_to_the_text
        every_overlapping_annotation_can_be_reached;
    selection:
        selections_snap_and_preview_the_result
        a_sticky_tag_tags_every_selection;
    cursor:
        the_text_cursor_visits_every_listed_sentence
        annotating_by_keyboard_alone;
    bounds:
        dragging_bounds_changes_nothing_else;
    touch:
        annotating_by_touch;
    editing:
        highlights_and_cards_focus_each_other
        retagging_and_deleting
        notes_are_typed_and_saved
        undo_and_redo_visit_every_state
        filters_hide_tags
        a_tag_in_use_becomes_visible_again
        typing_a_note_triggers_no_commands;
    annotating:
        attributes_are_edited_and_saved
        annotations_are_merged_split_and_duplicated
        all_occurrences_are_tagged_at_once
        a_draft_is_written_before_its_tag;
    history:
        the_history_is_restored_before_the_database_is_read
        the_history_survives_a_reload_and_is_listed
        a_new_tab_adopts_the_state_of_a_closed_one;
    persistence:
        everything_survives_a_reload
        two_tabs_show_each_others_changes
        corrupt_items_are_set_aside;
    storage:
        the_status_changes_together_with_the_text
        the_header_never_says_saved_too_early
        items_lost_by_local_storage_are_restored
        work_goes_on_when_local_storage_is_full
        the_storage_panel_shows_what_is_stored
        deleting_everything_affects_every_tab;
    kills:
        a_killed_browser_loses_no_saved_work;
    concurrent_tabs:
        tabs_that_write_at_once_lose_nothing;
    storage_faults:
        work_is_saved_despite_any_fault_of_local_storage
        work_goes_on_despite_any_fault_of_the_database
        work_that_no_storage_accepts_is_reported_as_unsaved;
    other_versions:
        data_of_version_0_1_0_is_read
        data_of_the_first_database_is_read
        a_tab_of_version_0_1_0_does_no_harm
        data_of_a_later_version_stays_untouched;
    failures:
        full_storage_is_reported_and_recovers
        the_page_works_with_blocked_storage
        the_page_works_without_storage
        unreadable_data_is_read_on_retry
        what_cannot_be_loaded_is_offered_again
        a_panic_never_leaves_a_blank_page;
    import_export:
        an_export_has_exactly_what_the_page_shows
        an_import_restores_everything_in_an_empty_browser
        bad_files_are_reported_precisely
        the_valid_part_of_a_bad_file_can_be_imported
        own_files_are_told_by_their_contents
        several_files_are_one_import;
    security:
        no_data_leaves_the_page
        the_security_policy_refuses_foreign_code
        markup_in_data_is_never_interpreted
        a_failed_start_is_reported;
    backup:
        a_backup_restores_everything_in_an_empty_browser
        a_restore_is_previewed_and_undone_in_one_step
        a_truncated_backup_restores_what_precedes_the_cut
        a_reminder_appears_when_a_backup_is_due
        a_chosen_backup_file_stays_up_to_date;
    own_articles:
        texts_of_every_kind_are_imported
        own_articles_are_renamed_ordered_and_removed
        an_export_carries_texts_to_another_browser
        annotations_move_to_a_newer_text;
    articles_list:
        the_list_of_many_articles_can_be_filtered
        marks_are_stored_and_backed_up
        the_list_shows_the_open_article;
    scaling:
        an_edit_costs_the_same_among_ten_and_a_thousand
        an_edit_costs_the_same_with_five_hundred_tags
        an_edit_redraws_no_other_highlight_of_its_paragraph
        every_file_is_fetched_once
        all_highlights_are_drawn_on_request;
    packs:
        packs_are_read_and_the_latest_version_wins
        annotations_in_view_are_read_first;
    depth:
        lines_never_cross_letters
        stripes_take_over_from_lines
        stripes_are_shown_on_request;
    printing:
        notes_are_printed_behind_the_text
        the_text_is_printed_alone;
    glimpse:
        the_last_view_is_shown_before_the_program_starts
        the_last_view_is_shown_only_at_its_own_address
        the_last_view_gives_way_to_input
        a_text_that_loads_late_opens_where_it_was_left
        settings_apply_before_anything_is_drawn
        a_hidden_page_does_not_wait_for_frames
        leaving_during_loading_keeps_the_position;
    limits:
        oversized_files_are_refused
        a_long_import_shows_progress_and_can_be_cancelled;
    search:
        search_steps_through_its_results
        search_covers_all_articles
        search_has_the_focus_right_after_an_edit;
    table:
        the_table_handles_ten_thousand_annotations
        the_table_and_the_chart_work_when_small;
    links:
        links_open_what_they_name
        back_returns_to_the_reading_position
        links_are_copied;
    appearance:
        every_view_is_accessible_in_light_and_dark
        file_fields_are_not_in_the_accessibility_tree
        the_page_fits_every_width
        a_crowded_margin_shows_the_focused_card;
}
