# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure folio-insn-run2. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 7100 7100 7100
1 7700 7700 7700
2 30200 30200 30200
3 774200 774200 774200
4 34360 34360 34360
5 456760 456760 456760
6 14424120 14424120 14424120
EOD
$series1 << EOD
0 7100 7100 7100

2 30200 30200 30200
3 774200 774200 774200
4 62520 62520 62520
5 907320 907320 907320

EOD
$links << EOD
0 7100 7100
1 7700 7700
2 30200 30200
3 774200 774200
4 34360 62520
5 456760 907320
6 14424120 14424120
EOD
set terminal svg size 720,495 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './folio-insn-run2.svg'
unset label
unset arrow
set label 'THP against small folios' at screen 0.0222,0.9556 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.12.117+deb12-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9111 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles; ×: 2M folios to 4K folios. 2 gaps: 2M folios (THP) pmd 2M (unsupported:' at screen 0.0222,0.0545 noenhanced textcolor rgb '#59636e' font ',11'
set label 'no free 2M folios); 2M folios (THP) unaligned 1G (invalid: __pte_alloc was entered 0 times, expected 1 to 1).' at screen 0.0222,0.0242 noenhanced textcolor rgb '#59636e' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8646 noenhanced textcolor rgb '#59636e' font ',12'
set label 'size and alignment (populated)' at screen 0.4604,0.1091 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8364
set bmargin at screen 0.2303
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:6.5] noextend
set yrange [4733.333333:27405828] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('1G' 0, '2M' 1, '32M' 2, '1G' 3, '2M' 4, '32M' 5, '1G' 6)
set label 'pud' at first 0.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'pmd' at first 2.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#1b1f24'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set label 'unaligned' at first 5.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '4K folios' at screen 0.8111,0.7915 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label '2M folios (THP)' at screen 0.8111,0.5980 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label '×1' at first 0,7100 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1' at first 2,30200 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1' at first 3,774200 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.82' at first 4,62520 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '×1.99' at first 5,907320 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#e3e6ea' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,495 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './folio-insn-run2-dark.svg'
unset label
unset arrow
set label 'THP against small folios' at screen 0.0222,0.9556 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.12.117+deb12-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9111 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles; ×: 2M folios to 4K folios. 2 gaps: 2M folios (THP) pmd 2M (unsupported:' at screen 0.0222,0.0545 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'no free 2M folios); 2M folios (THP) unaligned 1G (invalid: __pte_alloc was entered 0 times, expected 1 to 1).' at screen 0.0222,0.0242 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8646 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'size and alignment (populated)' at screen 0.4604,0.1091 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8364
set bmargin at screen 0.2303
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:6.5] noextend
set yrange [4733.333333:27405828] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('1G' 0, '2M' 1, '32M' 2, '1G' 3, '2M' 4, '32M' 5, '1G' 6)
set label 'pud' at first 0.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 0.5000, graph 0 to first 0.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'pmd' at first 2.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set arrow from first 3.5000, graph 0 to first 3.5000, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set label 'unaligned' at first 5.0000, screen 0.1535 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '4K folios' at screen 0.8111,0.7915 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label '2M folios (THP)' at screen 0.8111,0.5980 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label '×1' at first 0,7100 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1' at first 2,30200 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1' at first 3,774200 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.82' at first 4,62520 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '×1.99' at first 5,907320 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $links using 1:2:(0):($3-$2) with vectors nohead linecolor rgb '#2d333b' linewidth 5, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#b8c0ca' linewidth 2 pointtype 6 pointsize 1.2, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#f0b429' linewidth 2 pointtype 5 pointsize 0.9
unset output
