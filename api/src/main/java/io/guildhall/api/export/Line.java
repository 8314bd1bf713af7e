package io.guildhall.api.export;

import io.guildhall.query.activity.ExportedActivity;
import io.guildhall.query.proof.TrailEvent;
import org.jspecify.annotations.Nullable;

/**
 * One activity of an export.
 *
 * @param event as it is stored, where the format proves anything
 * @param leafHash what the trail's log has of it, likewise
 */
record Line(ExportedActivity activity, @Nullable TrailEvent event, byte @Nullable [] leafHash) {}
