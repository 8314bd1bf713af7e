package io.guildhall.query.session;

import java.util.List;

public record SessionPage(List<SessionView> sessions, long limit, long offset, long count) {}
