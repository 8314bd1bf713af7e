package io.guildhall.api.export;

import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.query.activity.ExportedActivity;
import org.jspecify.annotations.Nullable;

/**
 * One activity of an export.
 *
 * @param event as it is stored, where the format proves anything
 * @param leafHash what the trail's log has of it, likewise
 */
record ExportRecord(ExportedActivity activity, @Nullable TrailEvent event, byte @Nullable [] leafHash) {}
