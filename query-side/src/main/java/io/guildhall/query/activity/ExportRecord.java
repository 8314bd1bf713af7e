package io.guildhall.query.activity;

import io.guildhall.infrastructure.auditlog.TrailEvent;
import org.jspecify.annotations.Nullable;

/**
 * One activity of an export.
 *
 * @param event as it is stored, where the format proves anything
 * @param leafHash what the trail's log has of it, likewise
 */
public record ExportRecord(
        ExportedActivity activity, @Nullable TrailEvent event, byte @Nullable [] leafHash) {}
