package io.guildhall.query.token;

import java.util.List;

/** An envelope of the published contract. */
public record TokenPage(List<TokenView> credentials, long limit, long offset, long count) {}
