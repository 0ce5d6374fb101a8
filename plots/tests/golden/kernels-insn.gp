# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure kernels-insn. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 31000 31000 31000
1 30200 30200 30200
2 32400 32400 32400
EOD
$series1 << EOD
0 55400 55400 55400
1 35200 35200 35200
2 38025 38025 38025
EOD
$series2 << EOD
0 457560 457560 457560
1 456760 456760 456760
2 512280 512280 512280
EOD
$series3 << EOD
0 908120 908120 908120
1 907320 907320 907320
2 1019160 1019160 1019160
EOD
$series4 << EOD
0 7900 7900 7900
1 7100 7100 7100
2 6412 6412 6412
EOD
$marks0 << EOD
1 30200 30200 30200
2 32400 32400 32400
EOD
$marks1 << EOD
1 35200 35200 35200
2 38025 38025 38025
EOD
$marks2 << EOD
2 512280 512280 512280
EOD
$marks3 << EOD
2 1019160 1019160 1019160
EOD
$marks4 << EOD
1 7100 7100 7100
2 6412 6412 6412
EOD
set terminal svg size 720,851 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './kernels-insn.svg'
set multiplot
unset label
unset arrow
set label 'What mremap costs across kernel builds' at screen 0.0222,0.9741 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 3 kernel builds · rings: steps above 1%' at screen 0.0222,0.9483 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Each point is an exact count. Builds of one compiler are joined, and only they make steps; remapbench steps has' at screen 0.0222,0.0317 noenhanced textcolor rgb '#59636e' font ',11'
set label 'all.' at screen 0.0222,0.0141 noenhanced textcolor rgb '#59636e' font ',11'
set label 'built elsewhere' at screen 0.0333,0.9236 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label '6.1.192-2' at screen 0.2628,0.0987 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '6.12.117' at screen 0.5488,0.0987 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '6.17.13' at screen 0.8348,0.0987 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '6.1' at screen 0.2628,0.0787 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.12' at screen 0.5488,0.0787 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.17' at screen 0.8348,0.0787 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' at screen 0.1199,0.8825 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '31,000 … 32,400' at screen 0.9778,0.8825 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8719
set bmargin at screen 0.7497
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [29265.5:33804] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('30,000' 30000, '31,000' 31000, '32,000' 32000, '33,000' 33000)
set label '+7.3% at 6.17.13' at screen 0.8348,0.8482 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-2.6% at 6.12.117' at screen 0.5488,0.7584 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks0 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=mutual/fill=100/folio=4K/type=anon' at screen 0.1199,0.7250 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '55,400 … 38,025' at screen 0.9778,0.7250 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.7145
set bmargin at screen 0.5922
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [32170:61460] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('35,000' 35000, '40,000' 40000, '45,000' 45000, '50,000' 50000, '55,000' 55000, '60,000' 60000)
set label '-36% at 6.12.117' at screen 0.5488,0.6331 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+8% at 6.17.13' at screen 0.8348,0.6308 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks1 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon' at screen 0.1199,0.5676 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '457,560 … 512,280' at screen 0.9778,0.5676 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.5570
set bmargin at screen 0.4348
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [448432:528936] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('460,000' 460000, '480,000' 480000, '500,000' 500000, '520,000' 520000)
set label '+12% at 6.17.13' at screen 0.8348,0.5458 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks2 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=2M/type=anon' at screen 0.1199,0.4101 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '908,120 … 1,019,160' at screen 0.9778,0.4101 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.3995
set bmargin at screen 0.2773
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [890544:1052712] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('900,000' 900000, '950,000' 950000, '1,000,000' 1000000, '1,050,000' 1050000)
set label '+12% at 6.17.13' at screen 0.8348,0.3883 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks3 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=1G/align=pud/fill=100/folio=4K/type=anon' at screen 0.1199,0.2526 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '7,900 … 6,412' at screen 0.9778,0.2526 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.2421
set bmargin at screen 0.1199
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [6188.8:8346.4] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('6,500' 6500, '7,000' 7000, '7,500' 7500, '8,000' 8000)
set label '-10% at 6.12.117' at screen 0.6280,0.1773 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-9.7% at 6.17.13' at screen 0.8348,0.1607 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series4 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks4 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset multiplot
unset output
set terminal svg size 720,851 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './kernels-insn-dark.svg'
set multiplot
unset label
unset arrow
set label 'What mremap costs across kernel builds' at screen 0.0222,0.9741 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 3 kernel builds · rings: steps above 1%' at screen 0.0222,0.9483 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Each point is an exact count. Builds of one compiler are joined, and only they make steps; remapbench steps has' at screen 0.0222,0.0317 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'all.' at screen 0.0222,0.0141 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'built elsewhere' at screen 0.0333,0.9236 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' offset character 1.2,-0.25
set label '6.1.192-2' at screen 0.2628,0.0987 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '6.12.117' at screen 0.5488,0.0987 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '6.17.13' at screen 0.8348,0.0987 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '6.1' at screen 0.2628,0.0787 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.12' at screen 0.5488,0.0787 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label '6.17' at screen 0.8348,0.0787 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' at screen 0.1199,0.8825 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '31,000 … 32,400' at screen 0.9778,0.8825 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8719
set bmargin at screen 0.7497
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [29265.5:33804] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('30,000' 30000, '31,000' 31000, '32,000' 32000, '33,000' 33000)
set label '+7.3% at 6.17.13' at screen 0.8348,0.8482 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '-2.6% at 6.12.117' at screen 0.5488,0.7584 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks0 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=mutual/fill=100/folio=4K/type=anon' at screen 0.1199,0.7250 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '55,400 … 38,025' at screen 0.9778,0.7250 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.7145
set bmargin at screen 0.5922
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [32170:61460] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('35,000' 35000, '40,000' 40000, '45,000' 45000, '50,000' 50000, '55,000' 55000, '60,000' 60000)
set label '-36% at 6.12.117' at screen 0.5488,0.6331 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '+8% at 6.17.13' at screen 0.8348,0.6308 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks1 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon' at screen 0.1199,0.5676 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '457,560 … 512,280' at screen 0.9778,0.5676 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.5570
set bmargin at screen 0.4348
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [448432:528936] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('460,000' 460000, '480,000' 480000, '500,000' 500000, '520,000' 520000)
set label '+12% at 6.17.13' at screen 0.8348,0.5458 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks2 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=2M/type=anon' at screen 0.1199,0.4101 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '908,120 … 1,019,160' at screen 0.9778,0.4101 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.3995
set bmargin at screen 0.2773
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [890544:1052712] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('900,000' 900000, '950,000' 950000, '1,000,000' 1000000, '1,050,000' 1050000)
set label '+12% at 6.17.13' at screen 0.8348,0.3883 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks3 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=1G/align=pud/fill=100/folio=4K/type=anon' at screen 0.1199,0.2526 noenhanced textcolor rgb '#e6e9ed' font ',12'
set label '7,900 … 6,412' at screen 0.9778,0.2526 noenhanced textcolor rgb '#a2abb6' right font ',11'
set arrow from first 0.5, graph 0 to first 0.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.2421
set bmargin at screen 0.1199
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:2.5] noextend
set yrange [6188.8:8346.4] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('6,500' 6500, '7,000' 7000, '7,500' 7500, '8,000' 8000)
set label '-10% at 6.12.117' at screen 0.6280,0.1773 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '-9.7% at 6.17.13' at screen 0.8348,0.1607 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#f0b429' linewidth 1 pointtype 5 pointsize 0, \
     $series4 using 1:2 with linespoints linetype 1 linecolor rgb '#f0b429' linewidth 1.5 pointtype 5 pointsize 0.8, \
     $marks4 using 1:2 with points linetype 1 linecolor rgb '#e6e9ed' linewidth 1.5 pointtype 6 pointsize 1.2
unset multiplot
unset output
