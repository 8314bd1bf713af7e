package io.guildhall.query.membership;

import java.util.List;

/** An envelope of the published contract. */
public record MemberPage(List<MemberView> members, long limit, long offset, long count) {}
