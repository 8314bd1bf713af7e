package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;

/** How far these trails go. Answered by {@link HeadsView}. */
public record FindHeads(List<UUID> trails) {}
