package io.guildhall.query.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param next what the next page comes after; null when there is none. Where little is wanted, a page may be empty before it */
public record ExportedPage(
        List<ExportedActivity> activities, @Nullable Long next) {}
