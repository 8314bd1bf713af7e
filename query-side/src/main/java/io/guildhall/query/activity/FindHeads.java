package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;

/** Returns the last sequence numbers of trails. Answered by {@link HeadsView}. */
public record FindHeads(List<UUID> trails) {}
