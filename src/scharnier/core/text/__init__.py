# SPDX-License-Identifier: EUPL-1.2
"""Text: Dutch and English words as people write them."""
